"""The one way in which case files are laid out: order of keys, quotes, width of lines. Comments stay."""

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from loaders.curated.schema import schema

_WIDTH = 112
_SHIFT = 2  # of a list inside a mapping; the list of cases itself is not shifted


class _AsWritten(VersionedResolver):
    """Takes every scalar for text, as the reader does: nothing is quoted that need not be."""

    def resolve(self, kind: type, value: Any, implicit: Any) -> Any:  # noqa: ANN401 - as its parent
        return self.DEFAULT_SCALAR_TAG if kind is ScalarNode else super().resolve(kind, value, implicit)


def laid_out(text: str) -> str:
    """Return a case file's text in its one layout; laying it out again changes nothing."""
    yaml = YAML()
    yaml.Resolver = _AsWritten
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=2 + _SHIFT, offset=_SHIFT)
    cases = yaml.load(text)
    _order(cases, schema())
    stream = io.StringIO()
    yaml.dump(cases, stream)
    lines = (line.removeprefix(" " * _SHIFT).rstrip() for line in stream.getvalue().splitlines())
    return "\n".join(lines) + "\n"


def _order(value: Any, form: Mapping[str, Any]) -> None:  # noqa: ANN401 - a tree of YAML
    """Put the keys into the schema's order, those that it does not know last; lists of short text on one line."""
    if isinstance(value, CommentedMap):
        properties = form.get("properties", {})
        for key in (*(one for one in properties if one in value), *(one for one in value if one not in properties)):
            value.move_to_end(key)
            _order(value[key], properties.get(key, {}))
    elif isinstance(value, CommentedSeq):
        long = any(not isinstance(one, str) or "://" in one for one in value)
        value.fa.set_block_style() if long else value.fa.set_flow_style()
        items = form.get("items", {})
        for one in value:
            _order(one, next((each for each in items.get("anyOf", ()) if "properties" in each), items))
