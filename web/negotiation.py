"""Which syntax an answer is written in: `?format=`, then the suffix, then Accept with its q-values."""

from dataclasses import dataclass

from werkzeug.datastructures import MIMEAccept

from graph.sparql import GRAPHS, RESULTS

# Media types by syntax, the registered one first, then what clients call it.
_RESULTS = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
_GRAPHS = {
    "ttl": ("text/turtle", "application/turtle", "application/x-turtle", "text/n3", "text/rdf+n3"),
    "nt": ("application/n-triples", "text/plain"),
    "jsonld": ("application/ld+json", "application/json"),
    "rdf": ("application/rdf+xml", "application/xml", "text/xml"),
    "trig": ("application/trig", "application/x-trig"),
    "nq": ("application/n-quads", "text/x-nquads"),
}
# Names that clients send as ?format= beside the syntaxes' own (SPARQLWrapper, Virtuoso's and Fuseki's users).
_ALSO = {
    "turtle": "ttl", "n3": "ttl", "json-ld": "jsonld", "rdf+xml": "rdf", "rdfxml": "rdf", "n-triples": "nt",
    "ntriples": "nt", "nquads": "nq", "n-quads": "nq", "srj": "json", "srx": "xml",
}  # fmt: skip


class UnknownFormatError(ValueError):
    """A format that nothing is written in."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The syntaxes that a client takes for rows and truth values, and for triples; None where it takes none."""

    results: str | None
    graph: str | None


def by_name(name: str) -> Wanted:
    """Return what a name of a format stands for, a media type included; "xml" and "json" serve both.

    >>> by_name("xml"), by_name("text/csv")
    (Wanted(results='xml', graph='rdf'), Wanted(results='csv', graph=None))
    """
    plain = name.strip().lower().replace(" ", "+")  # a + in an address reads as a space
    if "/" in plain:
        wanted = by_accept(MIMEAccept([(plain, 1)]))
        if wanted != Wanted(None, None):
            return wanted
    plain = _ALSO.get(plain, plain)
    results = plain if plain in RESULTS else None
    graph = {"xml": "rdf", "json": "jsonld"}.get(plain, plain if plain in GRAPHS else None)
    if results is None and graph is None:
        raise UnknownFormatError(f"format {name!r} is none of {', '.join([*RESULTS, *GRAPHS])}")
    return Wanted(results, graph)


def by_accept(accept: MIMEAccept) -> Wanted:
    """Return the best syntaxes for an Accept header; without one, the first of each.

    >>> by_accept(MIMEAccept([("text/turtle", 1), ("text/csv", 0.5), ("application/json", 0.4)]))
    Wanted(results='csv', graph='ttl')
    """
    return Wanted(_best(accept, _RESULTS), _best(accept, _GRAPHS))


def _best(accept: MIMEAccept, offered: dict[str, tuple[str, ...]]) -> str | None:
    if not accept:
        return next(iter(offered))
    names = {media: syntax for syntax, medias in reversed(offered.items()) for media in medias}
    best = accept.best_match([media for medias in offered.values() for media in medias])
    return None if best is None else names[best]
