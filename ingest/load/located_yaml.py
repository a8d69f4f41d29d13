"""YAML read together with the line of each value."""

from pathlib import Path
from typing import Any

import yaml

from ingest.finding import Finding, Place


def read_yaml(text: str, file: Path, first_line: int = 1) -> tuple[Any, dict[Place, int]]:
    """The document and the line of every key and item in it; raises UnreadableYaml."""
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Place, int] = {}
        if node is not None:
            _note_lines(node, (), first_line, lines, file)
        return (None if node is None else loader.construct_document(node)), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise UnreadableYaml(Finding(file, line, "yaml", str(error.problem))) from error
    finally:
        loader.dispose()


class UnreadableYaml(ValueError):
    """A file is no YAML, or says a thing twice."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def _note_lines(
    node: yaml.Node, place: Place, first_line: int, lines: dict[Place, int], file: Path
) -> None:
    lines.setdefault(place, first_line + node.start_mark.line)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, str(key.value))
            line = first_line + key.start_mark.line
            if inner in lines:
                raise UnreadableYaml(Finding(file, line, "yaml", f"{key.value} is given twice"))
            lines[inner] = line
            _note_lines(value, inner, first_line, lines, file)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            _note_lines(item, (*place, number), first_line, lines, file)
