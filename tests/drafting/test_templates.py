"""The reviewed wording: every blank can be filled, every legal sentence has its source."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from bot.drafting.facts import FACTS, SITUATIONS
from bot.drafting.letter import ASKED
from bot.drafting.template import PLACEHOLDER, Part, Template, read_template
from bot.errors import KnowledgeUnreadable
from bot.knowledge.instrument import Instrument
from bot.knowledge.mentions import ArticleMentions, all_articles
from bot.settings import ROOT
from tests.drafting.matters import TEMPLATES, TODAY

KINDS = {
    "instalment-application",
    "negotiation-letter",
    "hardship-statement",
    "documents-request",
    "counter-offer-reply",
    "extension-application",
    "settlement-confirmation",
    "clearance-certificate",
    "phone-script",
    "plan-overview",
    "stop-third-party-contact",
}
INSTRUMENTS = {
    path.stem: Instrument.model_validate(yaml.safe_load(path.read_text("utf-8")))
    for path in (ROOT / "knowledge_base" / "instruments").glob("*.yaml")
}
MENTIONS = ArticleMentions(INSTRUMENTS.values())
every_template = pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda each: each.id)


def all_words(template: Template) -> list[str]:
    return [*template.words(), *template.guide_words()]


def parts_of(template: Template) -> list[Part]:
    inner = [item for part in template.body for item in part.items if isinstance(item, Part)]
    return [*template.body, *inner]


def test_every_kind_has_its_wording() -> None:
    assert set(TEMPLATES) == KINDS


@every_template
def test_every_blank_is_a_known_fact(template: Template) -> None:
    blanks = {name for words in all_words(template) for name in PLACEHOLDER.findall(words)}
    assert blanks <= FACTS


@every_template
def test_no_brace_stands_outside_a_blank(template: Template) -> None:
    for words in all_words(template):
        assert not {"{", "}"} & set(PLACEHOLDER.sub("", words))


@every_template
def test_every_condition_is_a_known_fact_or_situation(template: Template) -> None:
    for part in parts_of(template):
        assert {*part.needs, *part.unless} <= FACTS | SITUATIONS
    assert set(template.requires) <= {*ASKED, "current"}


@every_template
def test_every_article_named_is_cited_and_stands_in_the_registry(template: Template) -> None:
    cited = {(each.instrument, each.article) for each in template.citations}
    named = {pair for words in all_words(template) for pair in MENTIONS.in_text(words)}
    assert named == {pair for pair in cited if pair[1]}
    for instrument, article in named:
        assert INSTRUMENTS[instrument].provision(article), (instrument, article)
        assert INSTRUMENTS[instrument].in_force(TODAY)


@every_template
def test_no_article_stands_without_the_name_of_its_law(template: Template) -> None:
    for words in all_words(template):
        found = list(MENTIONS.in_text(words))
        assert len(found) == len(list(all_articles(words))), words


@every_template
def test_what_was_not_read_in_the_text_is_said_to_be_reported(template: Template) -> None:
    for each in template.citations:
        if each.verified != "text":
            name = INSTRUMENTS[each.instrument].number or INSTRUMENTS[each.instrument].name
            said = [words for words in all_words(template) if name in words]
            assert said
            assert each.article is None
            assert all("据公开报道" in words and "以官方文件为准" in words for words in said)


@pytest.mark.parametrize("kind", KINDS - {"instalment-application", "phone-script"})
def test_only_card_letters_speak_of_the_card_rules(kind: str) -> None:
    assert not any("第70条" in words for words in all_words(TEMPLATES[kind]))


def test_the_script_speaks_of_the_card_rules_to_cards_only() -> None:
    speaking = [p for p in TEMPLATES["phone-script"].body if any("第70条" in w for w in p.words())]
    assert [part.needs for part in speaking] == [("card",)]


@every_template
def test_is_polite_and_promises_nothing_for_the_lender(template: Template) -> None:
    for words in all_words(template):
        assert not {"！", "!"} & set(words)
        assert not any(each in words for each in ("必须同意的", "老赖", "亲，", "一定能"))


@every_template
def test_is_reviewed_again_within_half_a_year(template: Template) -> None:
    assert timedelta(0) < template.review_due - template.reviewed <= timedelta(days=183)


@every_template
def test_says_when_to_use_it_and_when_not(template: Template) -> None:
    assert all(words.endswith("。") for words in (*template.when, *template.not_when))


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text("id: odd\ntitle: 1\n", "utf-8")
    with pytest.raises(KnowledgeUnreadable, match=r"odd\.yaml"):
        read_template(file)


def test_the_id_is_the_files_name(tmp_path: Path) -> None:
    source = ROOT / "knowledge_base" / "letters" / "phone-script.yaml"
    file = tmp_path / "other.yaml"
    file.write_text(source.read_text("utf-8"), "utf-8")
    with pytest.raises(KnowledgeUnreadable, match="not the file's name"):
        read_template(file)
