"""How sure a reading is of an event: the share of events with as many points that were right on annotated pages.

The shares are in `confidence.toml`, which `python -m tests.bench.news --calibrate` writes.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from loaders.news.event import Event

MOST = 9
"""Points beyond which more make no difference."""
_OPENING = 2  # what headlines lose: they leave out and overstate


def points(event: Event) -> int:
    """Return the points of an event, less those for its place in the page and for what is only proposed."""
    lost = (_OPENING if event.main else 0) + (event.status == "proposed") + ("bare" in event.flags)
    return max(0, min(MOST, event.points + _OPENING - lost))


def rated(event: Event) -> Event:
    """Return an event with the confidence that its points have."""
    flags = tuple(one for one in event.flags if one != "bare")
    return replace(event, confidence=shares()[points(event)], flags=flags)


@cache
def shares() -> Mapping[int, Decimal]:
    """Return the share of right events by points."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"), parse_float=Decimal)
    return {int(key): share for key, share in table["shares"].items()}
