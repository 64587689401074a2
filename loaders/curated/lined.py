"""YAML with the line of every value. Scalars stay as written: a date is text, and `NO` is Norway."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from loaders.source import Source, SourceError

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

Path = tuple[str | int, ...]
"""Keys and places in lists that lead to a value, from the top of the file."""


@dataclass(frozen=True, slots=True)
class Lined:
    """The content of a YAML file (lists, mappings, text) and the line of each value, from 1."""

    value: Any
    lines: Mapping[Path, int]

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of a value, or of the nearest thing around it that is there."""
        steps = tuple(path)
        while steps not in self.lines and steps:
            steps = steps[:-1]
        return self.lines.get(steps, 1)


def parse(source: Source) -> Lined:
    """Read a file; raise SourceError with the line where it is no YAML or says a thing twice."""
    lines: dict[Path, int] = {}
    try:
        node = yaml.compose(source.text(), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise SourceError(f"{source.path}{place}: broken YAML ({error.problem}); mend the line") from error
    except yaml.YAMLError as error:
        raise SourceError(f"{source.path}: broken YAML ({error}); remove what is no text") from error
    return Lined(_value(source, node, (), lines) if node else None, lines)


def _value(source: Source, node: Any, path: Path, lines: dict[Path, int]) -> Any:  # noqa: ANN401 - any shape
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_value(source, one, (*path, place), lines) for place, one in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, one in node.value:
            name = str(key.value)
            if name in found:
                raise SourceError(f"{source.path}:{key.start_mark.line + 1}: {name!r} stands twice; keep one")
            found[name] = _value(source, one, (*path, name), lines)
            lines[*path, name] = key.start_mark.line + 1
        return found
    return node.value
