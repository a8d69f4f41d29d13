"""A lender's name before a question on a topic: does the topic's entry still lead?

Questions of the development halves that an entry on a topic leads, each behind 花呗逾期两个月了; and
the question forms of the lenders' own entries, which must keep leading those.

python -m bench.retrieval.named_products [--show]
"""

import argparse
import asyncio
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering.pipeline import run
from bot.answering.turn import Turn
from bot.answering.understanding.creditors import CreditorNames
from bot.app import App, build
from bot.clock import today
from bot.evaluation.cases import read_cases
from bot.settings import Settings

SETS = ("questions", "questions_2")
FOLDER = Path("tests/evaluation")
LENDERS = ("花呗", "微粒贷", "京东白条", "分期乐", "借呗", "招联", "度小满", "拍拍贷")
OF_PRODUCTS = {"products", "first-steps", "negotiation"}
LONGEST = 30


def main() -> None:
    """The two shares, and with ``--show`` each question that another entry leads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    shown = parser.parse_args().show
    with TemporaryDirectory() as folder:
        app = build(Settings(_env_file=None, data_dir=Path(folder)))
        kept = [each for each in asyncio.run(with_names(app)) if each]
        own = asyncio.run(own_forms(app))
    for name, pairs in (("topics with a lender's name", kept), ("products' own forms", own)):
        wrong = [
            f"{text}: {found}, not {wanted}" for text, wanted, found in pairs if wanted != found
        ]
        print(f"| {name} | {len(pairs)} | {1 - len(wrong) / len(pairs):.3f} |")
        print("\n".join(wrong if shown else ()))


async def with_names(app: App) -> Sequence[tuple[str, str, str]]:
    """Each question with a name, the entry that leads without it, and the one that leads with it."""
    names = CreditorNames(app.library.creditors)
    cases = [case for each in SETS for case in read_cases(FOLDER / f"{each}.jsonl")]
    texts = [
        case.text
        for case in cases
        if case.split == "dev" and len(case.text) <= LONGEST and not case.text.isascii()
    ]
    told = []
    for text, lender in zip(texts, cycle(LENDERS), strict=False):
        lead = await leading(app, text)
        topic = app.library.entry[lead].topic if lead in app.library.entry else "products"
        if topic not in OF_PRODUCTS and not names.named_in(text):
            named = f"{lender}逾期两个月了，{text}"
            told.append((named, lead, await leading(app, named)))
    return told


async def own_forms(app: App) -> Sequence[tuple[str, str, str]]:
    """Each lender's own question forms, a word put behind them, with the entry and the leading one."""
    return [
        (form, entry.id, await leading(app, f"{form} 急"))
        for entry in app.library.entries
        if entry.creditors
        for form in entry.questions[:8]
        if not form.isascii()
    ]


async def leading(app: App, text: str) -> str:
    """The entry that leads the answer."""
    done = await run(Turn("bench", text, today()), app.steps)
    assert done.reply is not None
    return next(iter(done.reply.passages), "")


if __name__ == "__main__":
    main()
