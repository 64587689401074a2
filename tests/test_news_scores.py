"""The annotated pages are well formed, and the news reader reads them as well as it did.

A change that makes a score fall below its least value here is looked at by `python -m tests.bench.news tune --errors`.
What is wrong in `held` is never looked at: these tests say but how much.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from loaders.news.event import KINDS, STATUSES
from loaders.news.lexicon import languages
from loaders.news.output import prediction
from ontology.dates import Date
from ontology.registry import registry
from tests.annotated import SETS, files, kept
from tests.scoring import MONEY_KINDS, score
from tests.scoring import SETS as NAMED

OWN = ("tune", "held")
# The least that a score may be, in hundredths: of tune, of held.
LEAST = {
    ("regulators", "f1"): (95, 94),
    ("companies", "f1"): (85, 78),
    ("laws", "f1"): (90, 91),
    ("money", "f1"): (94, 95),
    ("events", "precision"): (75, 64),
    ("events", "recall"): (65, 54),
    ("main subjects", "recall"): (69, 55),
    ("provisions", "f1"): (80, 87),
}
# The most pages without an act that may be read as telling of one, the most acts under other law told as in scope.
FALSE_NEGATIVES, LEAKS = (9, 15), (7, 6)
# What the annotation has beyond the statuses that the reader gives: MODEL.md has none of them for a measure.
ALSO = {"opened", "final", "remitted", "violation found", "warning"}

Numbers = Mapping[tuple[str, str], float]


def numbers(name: str, told: Mapping[str, Mapping[str, Any]]) -> Numbers:
    """Return what readings score on a set: numbers alone, so that no failure shows what is wrong in `held`."""
    found = score(SETS[name], told)
    made = {(row, measure): 100 * getattr(found.tallies[row], measure) for row, measure in LEAST}
    return {**made, ("negatives", "false"): len(found.false_negatives), ("acts", "leaked"): found.leaks}


@pytest.fixture(scope="module")
def measured() -> Mapping[str, Numbers]:
    """Score both sets, once."""
    names = registry()
    return {name: numbers(name, {key: prediction(one, names) for key, one in kept(name).items()}) for name in OWN}


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize(("row", "measure"), LEAST)
def test_no_score_falls(measured: Mapping[str, Numbers], name: str, row: str, measure: str) -> None:
    least = LEAST[row, measure][OWN.index(name)]
    assert measured[name][row, measure] >= least, f"{name}: {measure} of {row}"


@pytest.mark.parametrize("name", OWN)
def test_no_more_is_told_that_is_not_so(measured: Mapping[str, Numbers], name: str) -> None:
    assert measured[name]["negatives", "false"] <= FALSE_NEGATIVES[OWN.index(name)]
    assert measured[name]["acts", "leaked"] <= LEAKS[OWN.index(name)]


def test_a_reader_that_says_nothing_would_fail() -> None:
    found = numbers("tune", {})
    assert all(found[one] < least for one, (least, _) in LEAST.items())


# -- the annotation ------------------------------------------------------------------------------------------------


PAGES = [(name, key, path) for name in OWN for key, path in files(SETS[name])]


def gold_of(path: Path) -> Any:
    return json.loads(path.with_name(f"{path.name.partition('.')[0]}.gold.json").read_text(encoding="utf-8"))


def test_there_are_pages_of_every_language_and_two_halves() -> None:
    for name in OWN:
        found = {
            json.loads(path.with_name(f"{key}.meta.json").read_text(encoding="utf-8"))["lang"]
            for set_, key, path in PAGES
            if set_ == name
        }
        assert found >= {*languages()}, name
    assert not {key for name, key, _ in PAGES if name == "tune"} & {key for name, key, _ in PAGES if name == "held"}


@pytest.mark.parametrize(("key", "path"), [(key, path) for _, key, path in PAGES], ids=[key for _, key, _ in PAGES])
def test_an_annotated_page_is_well_formed(key: str, path: Path) -> None:
    gold, text = gold_of(path), path.read_text(encoding="utf-8")
    assert gold["id"] == key
    assert {*NAMED, "courts", "optional", "traps"} <= {*gold}
    for event in gold["events"]:
        assert event["kind"] in KINDS
        assert {*event.get("kind_alt", [])} <= {*KINDS}
        assert event["status"] is None or event["status"] in {*STATUSES, *ALSO}
        assert event["scope"] in {"in", "out"}
        assert event["evidence"]
        assert event["evidence"] in text
        assert (event["amount_text"] or "") in text
        assert event["amount"] is None or event["amount"] > 0
        assert event["amount_text"] is None or event["amount"] is not None
        assert event["amount"] is None or event["kind"] in MONEY_KINDS or event["kind"] in {"court_ruling", "lawsuit"}
        assert event["date"] is None or Date.parse(event["date"])
    asked = [one for one in gold["events"] if one["scope"] == "in" and not one.get("optional")]
    assert gold["negative"] is not bool(asked)
    for value, currency in gold["money"]:
        assert value > 0
        assert currency is None or len(currency) == 3
