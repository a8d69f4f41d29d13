"""The true rate and a lender's offer for a reader of English: heard, judged and said in English."""

import json
import time
from collections.abc import Iterator

import pytest

from bot.answering.reply import Reply
from bot.app import App
from bot.chinese.scripts import script_of
from bot.debt.caps import cap_findings
from bot.debt.rate import short_loan
from bot.dialogue import judge_offer, loan_talk, offer_talk
from bot.dialogue.check_rate import TELL_ME
from bot.dialogue.creditor_names import CreditorNames
from bot.dialogue.loan_talk import asks_rate
from bot.dialogue.offer_talk import tells_offer
from bot.dialogue.phrasebook import Phrasebook
from bot.dialogue.price_words import about_price
from bot.drafting.template import read_templates
from bot.knowledge.vocabulary import Language, LenderType
from bot.settings import ROOT
from tests.dialogue.interviewing import TODAY
from tests.journeys.test_plan_in_english import HAN, say, walk

PHRASES = ROOT / "knowledge_base" / "phrases"
FILES = ("prices_english.yaml", "interview_english.yaml", "letters_english.yaml")
BOOK = Phrasebook.read(*(PHRASES / each for each in FILES))
WISH = "Help me work out the true annual rate"
OFFER = "The bank offers 18 instalments on 20000, with a fee of 0.7% per month. Is it worth it?"


def pressed(reply: Reply, label: str) -> str:
    return next(each.message for each in reply.actions if each.label == label)


def without_sources(reply: Reply) -> str:
    return "\n".join(line for line in reply.text.split("\n") if not line.startswith("Sources"))


def in_english(reply: Reply) -> None:
    shown = (without_sources(reply), reply.more, *(f"{a.label} {a.message}" for a in reply.actions))
    assert [line for line in shown if HAN.search(line)] == []
    assert reply.language is Language.ENGLISH


@pytest.mark.parametrize("chosen", [Language.ENGLISH, None], ids=["chosen", "as it is written"])
async def test_a_rate_from_the_wish_to_the_letter(app: App, chosen: Language | None) -> None:
    key = f"rate-{chosen}"
    await walk(app, key, WISH, language=chosen)
    priced = await say(app, "I received 8,500, pay 1000 a month for 12 months", key, chosen)
    in_english(priced)
    assert priced.text.startswith("**The true rate is about 69% a year; received 8,500 yuan")
    whose = await say(app, pressed(priced, "A private person"), key, chosen)
    in_english(whose)
    assert "four times the one-year LPR" in whose.text
    over = await say(app, pressed(whose, "What if the rate is too high"), key, chosen)
    assert "interest-over-cap-still-owe" in over.passages
    letter = await say(app, pressed(whose, "Ask for contract and fees"), key, chosen)
    in_english(letter)
    assert [each.name[-4:] for each in letter.documents] == ["docx", ".pdf"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (f"{WISH}：got 3000, repay 3600 after 14 days", ("521.4%", "600 yuan more")),
        ("I took a loan of 20k from an online platform, 24 payments of 1,100 each. "
         "What's the real interest rate?", ("28.2%", "26,400")),
        ("interest 2% a month, what is that per year?", ("2% a month is 24% a year",)),
        ("daily interest 0.05%, what APR is this?", ("0.05% a day is 18.25% a year",)),
        ("monthly fee of 0.75% over 12 instalments, true rate?", ("16.2% a year, not 9%",)),
        ("The contract says 10000 but I only received 8500, and I repay 10000 after 7 days, "
         "what is the real rate", ("Interest taken out beforehand is not principal",)),
    ],
)  # fmt: skip
async def test_a_loan_as_it_is_told(app: App, text: str, figures: tuple[str, ...]) -> None:
    reply = await say(app, text, f"told {text}")
    in_english(reply)
    for figure in figures:
        assert figure in reply.text


async def test_a_missing_fact_of_a_loan_is_asked_for(app: App) -> None:
    asked = await walk(app, "lacking", "I received 9500, 12 instalments, what is the true rate?")
    assert "How much is each instalment" in asked.text
    assert "45.5%" in (await say(app, "1000", "lacking")).text


@pytest.mark.parametrize("chosen", [Language.ENGLISH, None], ids=["chosen", "as it is written"])
async def test_an_offer_from_the_first_word_to_the_letter(
    app: App, chosen: Language | None
) -> None:
    key = f"offer-{chosen}"
    judged = await say(app, OFFER, key, chosen)
    in_english(judged)
    for figure in ("1,251.11 yuan a month", "2,520", "15.4% a year, not 0.7%×12=8.4%"):
        assert figure in judged.text
    fits = await say(app, "1500", key, chosen)
    in_english(fits)
    assert "it fits and leaves 248.89 yuan" in fits.text
    terms = await say(app, pressed(fits, "Other numbers of instalments"), key, chosen)
    in_english(terms)
    assert "· 12 instalments: 1,806.67 yuan a month, 1,680 yuan more in all; too much" in terms.text
    longer = await say(app, "what about 24 instalments?", key, chosen)
    assert "973.33 yuan a month" in longer.text
    letter = await say(app, pressed(longer, "Write the reply"), key, chosen)
    in_english(letter)
    assert letter.documents[0].name.startswith("对还款方案的答复")
    await walk(app, key, "My budget has changed", language=chosen)
    assert "this is 51.11 yuan more" in (await say(app, "1200", key, chosen)).text


async def test_missing_facts_of_an_offer_are_asked_one_at_a_time(app: App) -> None:
    await walk(app, "facts", "Fenqile offers 24 instalments, should I accept?", "20000")
    done = await say(app, "0.6%", "facts")
    in_english(done)
    assert "13.3% a year" in done.text


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The bank says I can pay 7000 at once to settle a debt of 10000, should I accept?",
         ("30% waived: 7,000 yuan at once, 3,000 yuan less",)),
        ("The bank is willing to waive 30% if I pay everything this month. I owe 20000. "
         "Is it worth it?", ("14,000 yuan at once",)),
        ("They offer me 24 instalments of 1000 yuan each for a debt of 20000. "
         "Can I afford it if I have 1500 a month?", ("leaves 500 yuan",)),
        ("The lender wants 5000 down and 12 instalments of 1300 for my 20000 debt",
         ("5,000 yuan first", "15,000 yuan in 12 instalments")),
        ("China Merchants Bank offers to spread my 36,000 credit card debt over 36 months at "
         "0.6% monthly fee. I can pay 1,300 a month. Should I accept?", ("leaves 84 yuan",)),
        ("The platform agreed to 12 interest-free instalments on 9600", ("nothing more",)),
        ("bank says 24 months 0.6% handling fee per month on 30000", ("1,430 yuan a month",)),
    ],
)  # fmt: skip
async def test_an_offer_as_it_is_told(app: App, text: str, figures: tuple[str, ...]) -> None:
    reply = await say(app, text, f"offer {text}")
    in_english(reply)
    for figure in figures:
        assert figure in reply.text


async def test_an_offer_during_an_interview_uses_what_is_known(app: App) -> None:
    story = "income 6500, rent 1800, food 2900, reserve 300, I owe Fenqile 32600, Weilidai 15400"
    await walk(app, "during", story, language=Language.ENGLISH)
    offer = "Fenqile offers 36 instalments with a monthly fee of 0.9%, should I accept?"
    reply = await say(app, offer, "during", Language.ENGLISH)
    in_english(reply)
    assert "it fits and leaves 301.04 yuan" in reply.text
    assert reply.text.splitlines()[-1].startswith("On with the repayment plan: ")


def test_no_english_question_is_taken_for_a_loan_or_an_offer(app: App) -> None:
    names = CreditorNames(app.library.creditors)
    asked = [each for each in labelled() if script_of(each) == "en"]
    asked += [
        each for entry in app.library.entries for each in entry.questions if script_of(each) == "en"
    ]
    assert len(asked) > 300
    heard = [(each, BOOK.hear(each)) for each in asked]
    assert [each for each, words in heard if asks_rate(words, TODAY, names)] == []
    assert [each for each, words in heard if tells_offer(words, TODAY, names)] == []


def labelled() -> Iterator[str]:
    for path in sorted((ROOT / "tests" / "evaluation").rglob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield str(json.loads(line).get("text", ""))


def test_every_sentence_of_ours_is_in_the_book() -> None:
    ours = [TELL_ME, *loan_talk.QUESTIONS.values(), *loan_talk.LENDERS]
    ours += [*offer_talk.QUESTIONS.values(), judge_offer.WRITE, judge_offer.OTHER_TERMS]
    for lender in (None, *LenderType):
        for lines in about_price([*cap_findings(0.5, lender), short_loan(7)]):
            ours += lines
    assert [each for each in ours if HAN.search(BOOK.say(each))] == []


def test_what_is_said_beside_a_letter_is_in_the_book() -> None:
    for template in read_templates(ROOT / "knowledge_base" / "letters").values():
        for note in (*template.when[:1], *template.not_when, template.attach_note or ""):
            said = BOOK.say(note).replace("仅用于协商还款", "")  # what to write on the copies
            assert not HAN.search(said), note


def test_a_message_of_thousands_of_letters_is_heard_at_once() -> None:
    begun = time.process_time()
    BOOK.hear("the bank offers me 24 instalments of 1000 yuan each and I " * 70)
    assert time.process_time() - begun < 0.5
