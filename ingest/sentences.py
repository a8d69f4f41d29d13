"""Sentences of a text, so that nothing is ever cut in the middle of one."""

import re

END = re.compile(r"[。！？!?；;…]+[”’」』）)\"']*|(?<=[a-z0-9)])\.(?=\s|$)|\n")


def sentences(text: str) -> list[str]:
    """The sentences of a text with their marks; a closing quote stays with its sentence.

    >>> sentences("先别怕。他说：“明天来！”然后挂了")
    ['先别怕。', '他说：“明天来！”', '然后挂了']
    """
    found, start = [], 0
    for end in END.finditer(text):
        found.append(text[start : end.end()].strip())
        start = end.end()
    return [sentence for sentence in [*found, text[start:].strip()] if sentence]
