"""The vocabulary files: the ontology itself and its concept schemes."""

import functools
import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox

from ontology.identifiers import BASE

FILES = tuple(Path(__file__).parent / name for name in ("finegraph.ttl", "concepts.ttl"))
FOREIGN = Path(__file__).parent / "foreign"
_GDPRTEXT = "http://purl.org/adaptcentre/resources/GDPRtEXT#article"
_DPV_GDPR = "https://w3id.org/dpv/legal/eu/gdpr#"
NAMESPACE = "https://w3id.org/finegraph#"
_IN_SCHEME = "http://www.w3.org/2004/02/skos/core#inScheme"


@functools.cache
def _schemes() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in FILES:
        for triple in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
            if triple.predicate.value == _IN_SCHEME:
                scheme = str(triple.object).strip("<>").rpartition("/")[2]
                found[scheme].add(str(triple.subject).strip("<>").rpartition("/")[2])
    return {scheme: frozenset(slugs) for scheme, slugs in found.items()}


def concepts(scheme: str) -> frozenset[str]:
    """Return the local names of the concepts of a scheme.

    >>> "facial-recognition" in concepts("technology")
    True
    """
    return _schemes()[scheme]


def concept(scheme: str, slug: str) -> str:
    """Return the IRI of a concept; raise KeyError for one that the scheme does not have.

    >>> concept("purpose", "access-control")
    'https://w3id.org/finegraph/purpose/access-control'
    """
    if slug not in _schemes()[scheme]:
        raise KeyError(f"{slug!r} is no concept of {scheme}")
    return f"{BASE}{scheme}/{slug}"


@functools.cache
def foreign(name: str) -> frozenset[str]:
    """Return the IRIs of the terms of another vocabulary, from its list in `foreign/`.

    A list has a head (`# namespace: …`, source, version) and a local name or IRI a line.

    >>> "http://www.w3.org/ns/prov#Entity" in foreign("prov")
    True
    """
    lines = (FOREIGN / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    namespace = next(line.removeprefix("# namespace: ") for line in lines if line.startswith("# namespace: "))
    terms = (line.strip() for line in lines if line.strip() and not line.startswith("#"))
    return frozenset(term if term.startswith(("http://", "https://")) else f"{namespace}{term}" for term in terms)


def provision_matches(law: str, notation: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (close, related) matches of a GDPR provision: GDPRtEXT's node, and DPV's right or legal basis.

    GDPRtEXT counts the one unnumbered paragraph of an article as its first.

    >>> provision_matches("eu_gdpr", "5(1)(a)")[0]
    ('http://purl.org/adaptcentre/resources/GDPRtEXT#article5-1-a',)
    """
    if law != "eu_gdpr":
        return (), ()
    parts = re.findall(r"[0-9a-z]+", notation.lower())
    spellings = ["-".join(parts), "-".join([parts[0], "1", *parts[1:]])]
    close = [f"{_GDPRTEXT}{one}" for one in spellings if f"{_GDPRTEXT}{one}" in foreign("gdprtext")]
    related = f"{_DPV_GDPR}A{spellings[0]}"
    return tuple(close[:1]), ((related,) if related in foreign("dpv-eu-gdpr") else ())
