from datetime import date
from time import perf_counter

import pytest
from pydantic import ValidationError

from bot.knowledge.entry import Citation, Entry
from bot.knowledge.instrument import Instrument, InstrumentKind, Provision
from bot.knowledge.library import Library
from bot.knowledge.library_lines import Known, from_lines, to_lines
from bot.knowledge.mentions import ArticleMentions
from bot.knowledge.registry import HelpLine
from bot.knowledge.vocabulary import Verification

DAY = date(2026, 11, 23)
MILLISECONDS = 60


def entry(name: str) -> Entry:
    return Entry(
        id=name,
        title="催收员能不能进我家",
        topic="home-visits",
        questions=tuple(f"他们非要进来咋整 {name} {number}" for number in range(14)),
        short_answer="你可以不开门，也可以隔着门说话。" * 3,
        steps=("先不开门，隔门问清姓名和公司。" * 2,) * 5,
        why=("任何人未经同意不得进入他人住宅（民法典第1033条）。",) * 5,
        citations=(Citation(instrument="civil-code", article="1033"),) * 4,
        created=DAY,
        reviewed=DAY,
        review_due=date(2027, 5, 23),
    )


def instrument(name: str, provisions: int = 1) -> Instrument:
    return Instrument(
        id=name,
        name="中华人民共和国民法典",
        short_names=("民法典",),
        kind=InstrumentKind.LAW,
        issuer="全国人民代表大会",
        provisions=tuple(
            Provision(article=str(number), title="住宅", paraphrase="未经同意不得进屋。" * 6)
            for number in range(provisions)
        ),
    )


LINE = HelpLine(
    id="mental-12356",
    name="心理援助",
    number="12356",
    purpose="想找人说话时打",
    purpose_en="Someone to talk to",
    verified=Verification.SECONDARY,
)
SMALL = Library(
    entries=(entry("a"), entry("b")), instruments=(instrument("x"),), help_lines=(LINE,)
)


def test_comes_back_from_json_as_it_was() -> None:
    assert from_lines(to_lines(SMALL)) == SMALL


def test_reads_only_lines_that_are_not_known() -> None:
    known = Known.of(SMALL, to_lines(SMALL))
    changed = SMALL.entries[0].model_copy(update={"title": "改了"})
    later = SMALL.model_copy(update={"entries": (entry("c"), SMALL.entries[1], changed)})
    read = from_lines(to_lines(later), known)
    assert read == later
    assert read.entries[1] is SMALL.entries[1]
    assert read.instruments is SMALL.instruments
    marked = later.model_copy(update={"to_check": {"b": "x"}})
    assert from_lines(to_lines(marked), known) == marked
    assert from_lines(to_lines(marked), known).entry.keys() == {"a", "b", "c"}


def test_looks_up_by_id() -> None:
    assert SMALL.entry["b"] is SMALL.entries[1]
    assert SMALL.instrument["x"].provision("0.2") is SMALL.instruments[0].provisions[0]
    assert SMALL.help_line["mental-12356"].number == "12356"
    assert SMALL.channel == SMALL.creditor == SMALL.conduct_rule == {}
    assert SMALL.deadline == SMALL.scam_sign == {}


def test_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        SMALL.entries = ()  # type: ignore[misc]


def test_a_damaged_document_is_refused() -> None:
    with pytest.raises(ValidationError):
        from_lines(b'{}\n{"id": "a"}\n')


def test_opens_in_a_moment() -> None:
    library = Library(
        entries=tuple(entry(str(number)) for number in range(250)),
        instruments=tuple(instrument(str(number), provisions=20) for number in range(20)),
    )
    raw = to_lines(library)

    def milliseconds() -> float:
        started = perf_counter()
        from_lines(raw)
        return (perf_counter() - started) * 1000

    assert min(milliseconds() for _ in range(5)) < MILLISECONDS


def test_a_document_number_names_its_instrument_unless_several_share_it() -> None:
    numbered = [
        Instrument(
            id=id_,
            name=name,
            short_names=(),
            kind=InstrumentKind.INTERPRETATION,
            issuer="法院",
            number=number,
        )
        for id_, name, number in (
            ("cards", "银行卡规定", "法释〔2021〕10号"),
            ("seizure", "查封规定", "法释〔2020〕21号"),
            ("auction", "拍卖规定", "法释〔2020〕21号"),
        )
    ]
    mentions = ArticleMentions(numbered)
    assert [*mentions.in_text("可请求减少（法释〔2021〕10号第2条）")] == [("cards", "2")]
    assert [*mentions.in_text("法释〔2020〕21号第3条")] == []
