"""Every kind of fault is said in Chinese and English, with the names and figures it is about."""

import ast
import inspect
import re
import string
from collections.abc import Iterator
from functools import cache
from types import ModuleType

import pytest

from bot.curation import check_entry, workflow
from bot.curation.check_entry import OF_ITS_OWN
from bot.curation.web.labels import LABELS
from bot.curation.web.pages import entry_form
from bot.curation.web.words import LANGUAGES, speaker
from ingest.check import phrases, question_forms, references

OF_RECORDS = r"(?:instrument|creditor|record)\."  # which volunteers do not write
SAYS = re.compile(rf"(?!{OF_RECORDS})[\w.]+\.(?:finding|beside)|say|Fault")
FORM = {"form", "entry", "line"}  # what a question form is told to be beside


def modules() -> Iterator[ModuleType]:
    """What finds the faults that volunteers are shown."""
    for rule in OF_ITS_OWN:
        yield inspect.getmodule(rule) or pytest.fail(str(rule))
    yield from (phrases, question_forms, references, check_entry, workflow, entry_form)


@cache
def faults() -> dict[str, list[set[str]]]:
    """Every code with the blanks that each place where it is found fills."""
    found: dict[str, list[set[str]]] = {}
    for module in modules():
        for call in calls(ast.parse(inspect.getsource(module))):
            for code, blanks in said_in(call):
                found.setdefault(code, []).append(blanks)
    for phrase in phrases.PHRASES:
        found.setdefault(phrase.code, []).append({"words"})
    for code in (*check_entry.UNFIT.values(), "schema"):
        found.setdefault(code, []).append(set())
    return found


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.FunctionDef]]:
    for function in (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and SAYS.fullmatch(ast.unparse(node.func)):
                yield node, function


def said_in(found: tuple[ast.Call, ast.FunctionDef]) -> Iterator[tuple[str, set[str]]]:
    call, function = found
    says = ast.unparse(call.func)
    given = [each.value if isinstance(each, ast.Constant) else None for each in call.args]
    code = next(iter(given[2:] if says == "Fault" else given), None)
    if not isinstance(code, str):
        return
    blanks = FORM if says.endswith(".beside") else set[str]()
    for keyword in call.keywords:
        blanks = blanks | ({keyword.arg} if keyword.arg else keys(keyword.value, function))
    yield code, blanks


def keys(spread: ast.expr, function: ast.FunctionDef) -> set[str]:
    """The keys of a dictionary that is spread into a call: the one made in the same function."""
    made = (node for node in ast.walk(function) if isinstance(node, ast.Assign))
    own = [each.value for each in made if ast.unparse(each.targets[0]) == ast.unparse(spread)]
    named = (each.keys for each in own if isinstance(each, ast.Dict))
    return {ast.literal_eval(key) for keys in named for key in keys if key}


def blanks_of(text: str) -> set[str]:
    return {name for _text, name, _form, _conversion in string.Formatter().parse(text) if name}


def test_every_kind_of_fault_is_said_and_none_that_is_not_found() -> None:
    assert set(LABELS["fault"]) == set(faults())


@pytest.mark.parametrize("code", sorted(faults()))
def test_every_blank_of_a_fault_is_filled_wherever_it_is_found(code: str) -> None:
    wanted = blanks_of(LABELS["fault"][code])
    for filled in faults()[code]:
        assert wanted <= filled


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(faults()))
def test_a_fault_is_said_in_the_language_of_the_page(code: str, language: str) -> None:
    phrase = LABELS["fault"][code]
    told = speaker(language)(phrase, **dict.fromkeys(blanks_of(phrase), "X"))
    written = re.sub(r"据公开报道|以官方文件为准|国家金融监督管理总局", "", told)
    assert (re.search(r"[\u4e00-\u9fff]", written) is None) == (language == "en")
