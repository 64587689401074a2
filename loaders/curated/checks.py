"""What people read to check the acts of the case files, beside what the release's other documents say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox
from tld import get_fld

from graph.confirm import Confirmation, Confirmed, confirmed

# Pages of these sites are the records that a loader reads: who read both has one source, not two.
_LOADED = {
    "gdprhub.eu": "gdprhub",
    "enforcementtracker.com": "cms",
    "aiaaic.org": "aiaaic",
    "incidentdatabase.ai": "aiid",
    "aiincidentlaw.org": "ai",  # as graph/agreement.py reads it off the name of a document
    "aiincidentlaw.com": "ai",
}


def all_confirmed(store: ox.Store, tables: Iterable[Mapping[str, Any]]) -> Iterator[Confirmed]:
    """Yield each curated act of a release with what documents and readers' checks say; `tables` are the files' acts."""
    read = {table["id"]: tuple(_check(one) for one in table.get("checks", ())) for table in tables}
    for one in confirmed(store, "curated"):
        checks = read.get(one.act, ())
        yield replace(one, found=(*(_open(item, checks) for item in one.found), *checks))


def _open(item: Confirmation, checks: Iterable[Confirmation]) -> Confirmation:
    """Leave out the contradictions of a record that a check of the same source tells, and how they were settled."""
    told = {field for check in checks if check.source == item.source for field, _, _ in check.contradicts}
    return replace(item, contradicts=tuple(each for each in item.contradicts if each[0] not in told))


def _check(table: Mapping[str, Any]) -> Confirmation:
    contradicts = tuple((field, "", words) for field, words in table.get("contradicts", {}).items())
    return Confirmation(
        source_of(table["url"]),
        f"read {table['read']}",
        table["url"],
        tuple(table["confirms"]),
        contradicts,
        table.get("settled", ""),
    )


def source_of(url: str) -> str:
    """Return who keeps a page: the loader that reads the site, else its registered domain.

    >>> source_of("https://gdprhub.eu/index.php?title=X"), source_of("https://www.bbc.co.uk/news/1")
    ('gdprhub', 'bbc.co.uk')
    >>> source_of("https://aiincidentlaw.com/")  # not a second source beside the record of the loader
    'ai'
    """
    domain = get_fld(url, fail_silently=True) or urlsplit(url).netloc
    return _LOADED.get(domain, domain)


def tally(found: Iterable[Confirmed]) -> Counter[str]:
    """Count acts by the number of sources that confirm them: 0, 1, 2, 3+; unverified ones apart."""
    counts: Counter[str] = Counter()
    for one in found:
        many = len(one.sources)
        counts["unverified" if one.review == "unverified" else "3+" if many >= 3 else str(many)] += 1
    return counts
