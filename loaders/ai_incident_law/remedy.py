"""What a determination imposed, as far as the source's status and note surely say it; notes are not carried."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from loaders.values import ValueFault, amount
from ontology.records import Measure, Money

_SUM = re.compile(r"[$€£]\s?\d|\bEUR\s?\d")


def measures(table: Mapping[str, Any], status: str, note: str, target: str | None) -> tuple[Measure, ...]:
    """Return the measures of a determination, `table` being the source's settings."""
    found = [*_kinds(table, status, note)]
    return tuple(Measure(number, kind, target, money) for number, (kind, money) in enumerate(found, 1))


def _kinds(table: Mapping[str, Any], status: str, note: str) -> Iterator[tuple[str, Money | None]]:
    if kind := table["statuses"].get(status, {}).get("kind"):
        yield kind, None
    yield from ((one["kind"], None) for one in table["bans"] if re.search(one["words"], note))
    if len(_SUM.findall(note)) != 1:
        return
    for one in table["sums"]:
        if match := re.search(one["words"], note):
            try:
                yield one["kind"], amount(match[1]).money
            except ValueFault:
                return
