"""Which document says what a file holds: the provenance of a graph, as an export of ours states it.

The provenance of the default graph is what the file says of itself (`<> dct:publisher "…"`).
"""

import datetime as dt
from typing import cast, get_args

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, PROV, RDFS

from graph.rdf import base
from loaders.formats import formats
from loaders.records.names import tail
from loaders.records.nodes import Data, Key, Node
from loaders.source import RecordError, Source
from ontology.identifiers import slug, split
from ontology.records import TIERS, Document, Review
from ontology.terms import FG


def document(source: Source, data: Data, act: Key, id_: str, title: str, *, alone: bool) -> Document:
    """Return the document that an act's statements stand in; `alone` tells that its graph holds no other act.

    A graph named as ours are is that document again; any other is a new one of this file. `title` is that of the
    act, for a document without one.
    """
    about = data.node(about_graph(source, act))
    name = _named(act.graph) if alone else None
    own = slug(" ".join(filter(None, (source.path.stem, tail(ox.NamedNode(act.graph)) if act.graph else "", id_))))
    origin, key = name or ("records", own)
    digest = about.text(FG.contentHash)
    return Document(
        source=origin,
        key=key,
        tier=_tier(source, about),
        title=about.text(DCTERMS.title) or title,
        url=about.iri(PROV.hadPrimarySource),
        more_urls=tuple(about.iris(RDFS.seeAlso)),
        publisher=about.text(DCTERMS.publisher),
        licence=about.iri(DCTERMS.license),
        retrieved=_retrieved(source, about) or source.retrieved,
        digest=digest.removeprefix("sha256:") if digest else source.digest,
        review=_review(about),
        place=data.node(act).place,
        record=about.text(DCTERMS.identifier) or ("" if name else tail(act.term)),
    )


def about_graph(source: Source, act: Key) -> Key:
    """Return the node that the provenance of an act's graph is stated of."""
    return Key("", ox.NamedNode(act.graph or base(source.path)))


def _named(graph: str) -> tuple[str, str] | None:
    """Return source and key of the document that an IRI of ours names."""
    type_, name = split(graph) or ("", "")
    origins = (one for one in sorted((*formats(), "file"), key=len, reverse=True) if name.startswith(f"doc_{one}_"))
    origin = next(origins, None) if type_ == "graph" else None
    return (origin, name.removeprefix(f"doc_{origin}_")) if origin else None


def _review(about: Node) -> Review:
    status = about.local(FG.reviewStatus, "status")
    return cast("Review", status) if status in get_args(Review) else "machine"


def _tier(source: Source, about: Node) -> str:
    tier: str = about.local(FG.tier, "status") or source.config["tier"]
    if tier not in TIERS:
        raise RecordError(f"fg:tier is {tier!r}, which is no tier; one of {', '.join(TIERS)}")
    return tier


def _retrieved(source: Source, about: Node) -> dt.datetime | dt.date | None:
    value = about.text(PROV.generatedAtTime)
    if value is None:
        return None
    try:
        return dt.datetime.fromisoformat(value) if "T" in value else dt.date.fromisoformat(value)
    except ValueError:
        source.notice(
            about.place, f"prov:generatedAtTime {value!r}: no day or time; left out", "", "generatedAtTime", value
        )
        return None
