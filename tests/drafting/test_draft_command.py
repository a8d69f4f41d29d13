"""The `draft` command: a case or a plan in, the letters out, and errors that say what to supply."""

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from bot.debt.offer import OfferKind
from bot.drafting.render.text import as_text
from bot.transports.jsonl.draft import drafted_files, run_draft
from bot.transports.jsonl.draft_matter import read_matter
from bot.transports.jsonl.lines import Record, RecordError
from bot.transports.jsonl.plan import plan_record
from tests.drafting.matters import TEMPLATES, TODAY

WORDS = "月入5800，房租吃饭4100，留200应急，某某贷欠2万6逾期40天，江城银行信用卡1万3"
FIELDS: Record = {
    "id": "f1",
    "income": 5800,
    "essential": {"房租": 1800, "吃饭": "2300"},
    "buffer": "200",
    "debts": [
        {"creditor": "某某贷", "principal": "2万6", "overdue_days": 40},
        {"creditor": "江城银行信用卡", "principal": 13000},
    ],
}


def run(kind: str, record: Record, tmp_path: Path, form: str = "txt", name: str = "out") -> int:
    source = tmp_path / "in.json"
    source.write_text(json.dumps(record, ensure_ascii=False, indent=2), "utf-8")
    return run_draft(kind, str(source), str(tmp_path / f"{name}.{form}"), form, TODAY, TEMPLATES)


def refused(kind: str, record: Record, form: str = "txt") -> RecordError:
    with pytest.raises(RecordError) as caught:
        drafted_files(kind, record, form, TODAY, TEMPLATES)
    return caught.value


def test_words_fields_and_a_finished_plan_give_the_same_offer(tmp_path: Path) -> None:
    plan = plan_record({"text": WORDS}, TODAY)
    texts = []
    for name, record in (("words", {"text": WORDS}), ("fields", FIELDS), ("plan", plan)):
        assert run("negotiation-letter", record, tmp_path, name=name) == 0
        texts.append((tmp_path / f"{name}.txt").read_text("utf-8"))
    for text in texts:
        assert "每月还 1,000 元，共 26 期，最后一期 1,000 元" in text


@pytest.mark.parametrize("kind", TEMPLATES)
@pytest.mark.parametrize("form", ["txt", "docx", "pdf"])
def test_every_kind_is_written_in_every_form(kind: str, form: str, tmp_path: Path) -> None:
    record = {**FIELDS, "offer": {"creditor": "某某贷", "months": 24, "fee_rate": 0.006}}
    record["debts"][1]["overdue_days"] = 0
    record["debts"].append({"creditor": "江城银行", "principal": 500, "overdue_days": 0})
    assert run(kind, record, tmp_path, form) == 0
    raw = (tmp_path / f"out.{form}").read_bytes()
    title = TEMPLATES[kind].title
    if form == "txt":
        assert title in raw.decode()
    elif form == "docx":
        assert title in "".join(each.text for each in Document(BytesIO(raw)).paragraphs)
    else:
        assert title in PdfReader(BytesIO(raw)).pages[0].extract_text().replace("\n", "")


def test_a_folder_gets_one_file_a_lender(tmp_path: Path) -> None:
    source = tmp_path / "in.json"
    source.write_text(json.dumps({"text": WORDS}), "utf-8")
    folder = tmp_path / "letters"
    folder.mkdir()
    assert run_draft("phone-script", str(source), str(folder), "pdf", TODAY, TEMPLATES) == 0
    assert sorted(each.name for each in folder.iterdir()) == [
        "协商电话话术-某某贷.pdf",
        "协商电话话术-江城银行信用卡.pdf",
    ]


def test_a_lenders_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    source = tmp_path / "in.json"
    source.write_text(json.dumps({"creditor": "../../上/级"}), "utf-8")
    folder = tmp_path / "letters"
    folder.mkdir()
    assert run_draft("documents-request", str(source), str(folder), "txt", TODAY, TEMPLATES) == 0
    assert [each.parent for each in folder.rglob("*.txt")] == [folder]


def test_what_to_mind_goes_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("negotiation-letter", {"text": WORDS}, tmp_path)
    said = capsys.readouterr().err
    assert "江城银行信用卡是信用卡，请用“信用卡个性化分期还款申请书”。" in said
    assert "只附真实的材料" in said


def test_a_missing_character_is_named_for_pdf_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = {**FIELDS, "name": "吴𠮷"}
    run("hardship-statement", record, tmp_path, "docx")
    assert "𠮷" not in capsys.readouterr().err
    run("hardship-statement", record, tmp_path, "pdf")
    assert "字体里没有这些字：𠮷" in capsys.readouterr().err


def test_a_refusal_is_one_json_line_and_leaves_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("negotiation-letter", {"id": "q", "text": "欠某某贷3万"}, tmp_path) == 1
    said = json.loads(capsys.readouterr().err)
    assert said["id"] == "q"
    assert said["error"]["code"] == "missing_facts"
    assert "income" in said["error"]["message"]
    assert not (tmp_path / "out.txt").exists()


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.json")
    assert run_draft("phone-script", missing, str(tmp_path / "o"), "txt", TODAY, TEMPLATES) == 2


@pytest.mark.parametrize(
    ("kind", "record", "code", "hint"),
    [
        ("nothing", FIELDS, "unknown_kind", "negotiation-letter"),
        ("instalment-application", {"text": "月入6000，开支4000，某某贷2万"}, "missing_facts", "不是信用卡"),
        ("negotiation-letter", {"debts": FIELDS["debts"]}, "missing_facts", "income"),
        ("negotiation-letter", {"income": 1, "essential": 1, "debts": []}, "no_debts", "debts"),
        ("negotiation-letter", {**FIELDS, "creditor": "别家"}, "unknown_creditor", "某某贷"),
        ("negotiation-letter", {**FIELDS, "income": -5}, "invalid_amount", "income"),
        ("negotiation-letter", {**FIELDS, "reason": "长" * 301}, "text_too_long", "300"),
        ("negotiation-letter", {**FIELDS, "name": 7}, "invalid_text", "name"),
        ("negotiation-letter", {**FIELDS, "first_due": "12月"}, "invalid_date", "first_due"),
        ("counter-offer-reply", FIELDS, "missing_facts", "offer"),
        ("counter-offer-reply", {**FIELDS, "offer": "让我分24期"}, "missing_facts", "哪一家"),
        ("counter-offer-reply", {**FIELDS, "offer": 3}, "invalid_offer", "offer"),
        ("counter-offer-reply", {**FIELDS, "offer": {"months": 12}}, "missing_field", "creditor"),
        ("counter-offer-reply", {**FIELDS, "offer": {"creditor": "某某贷", "discount": 1}},
         "invalid_offer", "discount"),
        ("counter-offer-reply", {**FIELDS, "offer": {"creditor": "某某贷", "pay": 99999}},
         "invalid_offer", "pay"),
        ("extension-application", {"creditor": "某某贷", "debts": FIELDS["debts"][:1]},
         "missing_facts", "到期以前"),
    ],
)  # fmt: skip
def test_errors_say_what_to_supply(kind: str, record: Record, code: str, hint: str) -> None:
    fault = refused(kind, record)
    assert fault.code == code
    assert hint in fault.message


def test_an_unknown_form_is_refused() -> None:
    assert refused("phone-script", FIELDS, "odt").code == "unknown_format"


@pytest.mark.parametrize(
    "said",
    [
        "某某贷让我分24期每期手续费0.6%",
        {"text": "某某贷让我分24期每期手续费0.6%"},
        {"creditor": "某某贷", "months": 24, "fee_rate": 0.006},
        {"creditor": "某某贷", "principal": "2万6", "months": 24, "fee_rate": "0.006"},
    ],
)
def test_an_offer_is_read_from_words_or_fields(said: object) -> None:
    offer = read_matter({**FIELDS, "offer": said}, TODAY).matter.offer
    assert offer is not None
    assert (offer.kind, offer.creditor) == (OfferKind.INSTALMENTS, "某某贷")
    assert (offer.principal, offer.months, str(offer.fee_rate)) == (26000, 24, "0.006")


@pytest.mark.parametrize(
    "said",
    [
        "某某贷说减免三成但要本周一次还清",
        {"creditor": "某某贷", "discount": 0.3},
        {"creditor": "某某贷", "pay": "18200"},
        {"kind": "lump_sum", "creditor": "某某贷", "discount": "0.3"},
    ],
)
def test_a_reduced_sum_is_read_from_words_or_fields(said: object) -> None:
    offer = read_matter({**FIELDS, "offer": said}, TODAY).matter.offer
    assert offer is not None
    assert (offer.kind, offer.principal) == (OfferKind.LUMP_SUM, 26000)
    assert offer.discount == Decimal("0.3")


def test_an_instalment_named_as_such_is_what_the_reply_speaks_of() -> None:
    offer = {"creditor": "某某贷", "months": 12, "instalment": 2400}
    letters, _ = drafted_files(
        "counter-offer-reply", {**FIELDS, "offer": offer}, "txt", TODAY, TEMPLATES
    )
    assert "每月要还约 2,400 元，合计 28,800 元，比欠款多 2,800 元" in as_text(letters).decode()


def test_breaks_and_invisible_characters_do_not_reach_the_page() -> None:
    read = read_matter({**FIELDS, "reason": "停产\n\n\u200b\x00  欠薪\t三个月"}, TODAY)
    assert read.matter.particulars.reason == "停产 欠薪 三个月"


@pytest.mark.parametrize("raw", ["[]", "{", '"x"'])
def test_what_is_no_record_is_refused(raw: str, tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "in.json"
    source.write_text(raw, "utf-8")
    assert run_draft("phone-script", str(source), "-", "txt", TODAY, TEMPLATES) == 1
    assert json.loads(capsys.readouterr().err)["error"]["code"] in ("bad_json", "not_an_object")
