"""Press items that the project read by hand: claims that no act makes, such as whether a fine was paid.

One TOML file an item. A claim quotes its exact words and names the measures that it speaks of; the
press makes claims, never facts, so what the build derives of it carries the item's date.
"""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from loaders.source import RecordError, Source, SourceError, day
from ontology.dates import DateError
from ontology.records import Claim, Document, Story
from ontology.vocabulary import concepts

ITEMS = Path(__file__).parent / "items"
_KEYS = {"key", "headline", "language", "published", "publisher", "url", "claim"}
_CLAIM_KEYS = {"text", "about", "authority", "status", "measures"}


def load(source: Source) -> Iterator[Story]:
    """Yield the one press item of a file; raise SourceError where it is not as it should be."""
    try:
        table = tomllib.loads(source.text())
        yield _story(source, table)
    except (tomllib.TOMLDecodeError, RecordError, DateError) as error:
        raise SourceError(f"{source.path}: {error}") from error
    except KeyError as error:
        raise SourceError(f"{source.path}: lacks {error}") from error


def _story(source: Source, table: Mapping[str, Any]) -> Story:
    if unknown := table.keys() - _KEYS:
        raise RecordError(f"has unknown keys: {', '.join(sorted(unknown))}")
    document = Document(
        source="news",
        key=table["key"],
        tier=source.config["tier"],
        title=table["headline"],
        url=table["url"],
        publisher=table["publisher"],
        retrieved=source.config["retrieved"],
        digest=source.digest,
        review="reviewed",
        place=source.path.name,
    )
    claims = tuple(_claim(source, one, number) for number, one in enumerate(table["claim"], 1))
    published = day(table["published"], "published", source.latest)
    return Story(document, table["headline"], table["language"], published, claims)


def _claim(source: Source, table: Mapping[str, Any], number: int) -> Claim:
    if unknown := table.keys() - _CLAIM_KEYS:
        raise RecordError(f"claim {number} has unknown keys: {', '.join(sorted(unknown))}")
    if table["status"] not in concepts("payment-status"):
        raise RecordError(f"claim {number}: {table['status']!r} is no payment status")
    if table["about"] not in source.registry.organisations:
        raise RecordError(f"claim {number}: {table['about']!r} is no organisation of organisations.csv")
    if table.get("authority") not in {None, *source.registry.authorities}:
        raise RecordError(f"claim {number}: {table['authority']!r} is no authority of authorities.csv")
    return Claim(
        number,
        table["text"],
        None,
        None,
        table["about"],
        authority=table.get("authority"),
        scope="payment",
        status=table["status"],
        measures=tuple(table["measures"]),
        confidence=Decimal("0.9"),
    )
