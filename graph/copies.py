"""Which press items on one event go back to one source: copies of a text, one publisher, one news agency."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from rapidfuzz.fuzz import ratio
from tld import get_fld

from ontology.fingerprint import runs
from ontology.folding import fold
from ontology.records import Document

ALIKE = 90
"""How alike (of 100) two quotations are that are one text."""
SHARED = 0.5
"""The share of the shorter text's runs of words above which it is taken from the other; of quotations too."""
_SHORTEST_NAME = 5
# News agencies, whose text many papers print. Names that are also words or authorities (AP, DPA, Belga) are left out.
_AGENCIES = (
    "reuters", "afp", "agence france presse", "associated press", "bloomberg", "ansa", "adnkronos", "efe",
    "europa press", "deutsche presse agentur", "apa ots", "keystone sda", "ritzau", "agerpres",
    "mediafax", "pap", "interfax", "xinhua", "yonhap", "kyodo", "jiji", "路透", "法新社", "新华社", "共同通信",
    "時事通信", "ロイター", "연합뉴스", "로이터",
)  # fmt: skip
_AGENCY = re.compile("|".join(rf"\b{one}\b" if one.isascii() else one for one in _AGENCIES))


@dataclass(frozen=True, slots=True)
class Item:
    """What one press item says of an event: its document, the words of its claims, the fingerprint of its text.

    Others name an `official` page's publisher because it acted, and not as their source.
    """

    document: Document
    words: tuple[str, ...]
    fingerprint: frozenset[int] = frozenset()
    official: bool = False


def clusters(items: Sequence[Item]) -> list[list[int]]:
    """Return the items by source: the indexes of those that go back to one, each index once, in order.

    >>> paper, other = (Document("news", key, "news", key, f"https://{key}.example/1") for key in ("a", "b"))
    >>> clusters([Item(paper, ("The ICO fined Acme",)), Item(other, ("Acme must pay, says the ICO",))])
    [[0], [1]]
    >>> clusters([Item(paper, ("The ICO fined Acme.",)), Item(other, ("The ICO fined Acme",))])
    [[0, 1]]
    """
    folded = [replace(one, words=tuple(dict.fromkeys(map(fold, one.words)))) for one in items]
    above = list(range(len(items)))

    def root(number: int) -> int:
        while above[number] != number:
            number = above[number]
        return number

    def join(one: int, other: int) -> None:
        low, high = sorted((root(one), root(other)))
        above[high] = low

    names = [_names(one.document) for one in folded]
    known = {
        name
        for one, own in zip(folded, names, strict=True)
        for name in own
        if len(name) >= _SHORTEST_NAME and not one.official
    }
    first: dict[str, int] = {}
    for number, one in enumerate(folded):
        for origin in sorted(names[number] | _credited(one.words, known)):
            join(first.setdefault(origin, number), number)
    for number, one in enumerate(folded):
        for earlier in range(number):
            if root(earlier) != root(number) and _one_text(folded[earlier], one):
                join(earlier, number)
    found: dict[int, list[int]] = {}
    for number in range(len(items)):
        found.setdefault(root(number), []).append(number)
    return list(found.values())


def host(url: str | None) -> str:
    """Return the host of an address without "www.", "" where there is none.

    >>> host("https://www.cnil.fr/en/x"), host(None), host("no address")
    ('cnil.fr', '', '')
    """
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def on_site(url: str | None, homepage: str) -> bool:
    """Tell whether an address is on the site of a homepage, below its path where many share the host.

    >>> on_site("https://www.cnil.fr/en/x", "https://cnil.fr"), on_site("https://cnil.fr.example/", "https://cnil.fr")
    (True, False)
    >>> on_site("https://www.gov.br/anpd/x", "https://gov.br/anpd/"), on_site("https://gov.br/mj", "https://gov.br/anpd")
    (True, False)
    """
    own, home = host(url), host(homepage)
    path = urlsplit(homepage).path.rstrip("/")
    return (
        bool(home)
        and (own == home or own.endswith(f".{home}"))
        and f"{urlsplit(url or '').path}/".startswith(f"{path}/")
    )


def _names(document: Document) -> frozenset[str]:
    """Return by what a publisher goes: its name, its registered domain, the agency that it is."""
    url = document.url or ""
    site = str(get_fld(url, fail_silently=True) or host(url))
    agency = _AGENCY.fullmatch(site.partition(".")[0])
    return frozenset(filter(None, (fold(document.publisher or ""), site, agency[0] if agency else "")))


def _credited(words: Iterable[str], names: Iterable[str]) -> set[str]:
    """Return the agencies, and of the publishers with these names those, that quotations name."""
    text = f" {' | '.join(words)} "
    return set(_AGENCY.findall(text)) | {name for name in names if f" {fold(name)} " in text}


def _one_text(one: Item, other: Item) -> bool:
    if _shared(one.fingerprint, other.fingerprint):
        return True
    return any(
        ratio(mine, theirs, score_cutoff=ALIKE) or _shared(runs(mine), runs(theirs))
        for mine in one.words
        for theirs in other.words
    )


def _shared(ones: frozenset[int], others: frozenset[int]) -> bool:
    fewest = min(len(ones), len(others))
    return fewest > 0 and len(ones & others) > SHARED * fewest
