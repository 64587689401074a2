"""The names of a file's things: IRIs of ours keep theirs, others get one by the rules of every loader."""

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from loaders.records.nodes import ACTS, Data, Node, Term, local, name
from loaders.source import RecordError, Source
from ontology.identifiers import IdentifierError, iri, slug, split
from ontology.records import Organisation
from ontology.registry import Authority
from ontology.terms import FG, short

_ELSEWHERE = {"decision": FG.Decision, "ruling": FG.CourtRuling, "measure": FG.Measure}


class Names:
    """What the acts, measures and organisations of a file are called."""

    def __init__(self, source: Source, data: Data) -> None:
        self._source = source
        self._data = data
        self._former = data.pointing(DCTERMS.isReplacedBy)
        self._texts: dict[str, str] = {}
        for term in data.objects(FG.respondentText):
            if isinstance(term, ox.Literal) and any(map(str.isalnum, term.value)):
                self._texts.setdefault(source.called(term.value).id, term.value)
        self._acts: dict[Term, tuple[str, str]] = {}
        self._measures: dict[Term, str] = {}
        for key in data.acts():
            try:
                type_, id_ = self.act(data.node(key))
            except (RecordError, IdentifierError):
                continue  # reading the act reports it
            self._acts.setdefault(key.term, (type_, id_))
            for term, number in self.measures(id_, data.node(key).all(FG.measure)).items():
                self._measures.setdefault(term, f"{id_}_{number}")

    def act(self, node: Node) -> tuple[str, str]:
        """Return type and id of an act."""
        if node.key.term in self._acts:
            return self._acts[node.key.term]
        types = {type_ for type_ in self._data.node(node.key).iris(RDF.type) if type_ in ACTS}
        if len(types) > 1:
            raise RecordError("is a decision and a ruling of a court; it can be only one")
        (type_,) = (ACTS[one] for one in types)
        term = node.key.term
        ours = split(term.value) if isinstance(term, ox.NamedNode) else None
        if ours is None:
            return type_, self._minted(self._data.node(node.key))
        if ours[0] != type_:
            raise RecordError(
                f"is named as a {ours[0]} and is a {type_}; give it the name {short(iri(type_, ours[1]))}"
            )
        return ours

    def _minted(self, node: Node) -> str:
        """Return an id for an act that is not named as ours are: by its docket, else by the end of its IRI."""
        authority = self.authority(node)
        dockets = [value for _, value in node.texts(DCTERMS.identifier) if not value.startswith("ECLI:")]
        if not dockets and isinstance(node.key.term, ox.BlankNode):
            raise RecordError("has neither an IRI nor a docket (dct:identifier) to name it by; give it one")
        return f"{authority.id}_{slug(dockets[0] if dockets else tail(node.key.term))}"

    def authority(self, node: Node) -> Authority:
        """Take the authority of an act or a case; raise RecordError for one that the tables do not know."""
        given = node.iri(FG.authority)
        type_, id_ = split(given or "") or ("", "")
        known = self._source.registry.authorities.get(id_)
        if known is None or known.type != type_:
            raise RecordError(
                f"fg:authority is {short(given) if given else 'missing'}, which is no authority of authorities.csv; "
                "name one of its regulators (reg:fr-cnil) or courts, or add it there"
            )
        return known

    def reference(self, node: Node, predicate: str) -> str | None:
        """Take another act, as `Act.follows` and `Act.reviews` name it."""
        term = node.one(predicate)
        if term is None:
            return None
        ours = split(term.value) if isinstance(term, ox.NamedNode) else None
        type_, id_ = self._acts.get(term) or ours or ("", "")
        if type_ not in ACTS.values():
            raise RecordError(f"{short(str(predicate))} is {name(term)}, which is no act of ours or of this file")
        return id_ if type_ == "decision" else f"ruling:{id_}"

    def liquidated(self, node: Node) -> str | None:
        """Take the measure of another act that a penalty payment liquidates."""
        term = node.one(FG.liquidates)
        if term is None or term in self._measures:
            return self._measures.get(term) if term else None
        return local(term.value if isinstance(term, ox.NamedNode) else "", "measure", FG.liquidates)

    def measures(self, act: str, terms: list[Term]) -> dict[Term, int]:
        """Return the numbers of an act's measures: those in their names, else the next that are free."""
        numbers: dict[Term, int] = {}
        for term in terms:
            ours = split(term.value) if isinstance(term, ox.NamedNode) else None
            if ours is None or ours[0] != "measure":
                continue
            before, _, number = ours[1].rpartition("_")
            if before != act or not number.isdecimal():
                raise RecordError(f"{name(term)} is no measure of its own; name it {short(iri('measure', f'{act}_1'))}")
            numbers[term] = int(number)
        free = (number for number in range(1, len(terms) + max(numbers.values(), default=0) + 1))
        unused = (number for number in free if number not in set(numbers.values()))
        return {term: numbers.get(term) or next(unused) for term in terms}

    def case(self, term: Term, authority: str) -> str:
        """Return the id of a case of an authority."""
        ours = split(term.value) if isinstance(term, ox.NamedNode) else None
        if ours and ours[0] == "case":
            return ours[1]
        if not isinstance(term, ox.NamedNode):
            raise RecordError("fg:inCase: the case has no IRI; give it one")
        return f"{authority}_{slug(tail(term))}"

    def replaced(self, term: Term, id_: str) -> tuple[str, ...]:
        """Return the former ids of an act."""
        olds = (split(old.value) for old in self._former.get(term, ()) if isinstance(old, ox.NamedNode))
        return tuple(sorted({old[1] for old in olds if old and old[0] in ACTS.values() and old[1] != id_}))

    def organisation(self, given: str) -> Organisation:
        """Return the organisation of an IRI.

        One that the tables do not know must have a name in the file; raises RecordError where it has none.
        """
        ours = split(given)
        id_ = ours[1] if ours and ours[0] == "org" else ""
        known = self._source.registry.organisations
        if id_ in known:
            return known[id_]
        labels = [
            one.value for one in self._data.values(SKOS.prefLabel, ox.NamedNode(given)) if isinstance(one, ox.Literal)
        ]
        label = next(iter(labels), self._texts.get(id_))
        if label is None:
            raise RecordError(
                f"{short(given)} is no organisation of organisations.csv; "
                f'describe it: {short(given)} a fg:Organisation ; skos:prefLabel "its name" .'
            )
        found = self._source.organisation(label)
        return found if found.id in known or not id_ else Organisation(id_, found.name)

    def elsewhere(self) -> dict[str, URIRef]:
        """Return what the file may point at undescribed: other acts of ours, and organisations named in words."""
        found: dict[str, URIRef] = {iri("org", id_): FG.Organisation for id_ in self._texts}
        for predicate in (FG.follows, FG.reviews, FG.liquidates):
            for term in self._data.objects(predicate):
                ours = split(term.value) if isinstance(term, ox.NamedNode) else None
                if ours and ours[0] in _ELSEWHERE:
                    found[iri(*ours)] = _ELSEWHERE[ours[0]]
        return found


def tail(term: Term) -> str:
    """Return the last part of an IRI that has letters or digits."""
    parts = term.value.replace("#", "/").split("/") if isinstance(term, ox.NamedNode) else []
    return next((part for part in reversed(parts) if any(map(str.isalnum, part))), "")
