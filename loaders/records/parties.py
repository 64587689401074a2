"""The respondents of an act, whose names stand beside them as texts without saying which is whose.

A text belongs to the organisation that it names. What is left belongs to respondents without a node; the name
of a natural person never goes on.
"""

from loaders.records.names import Names
from loaders.records.nodes import Node
from loaders.source import Source
from ontology.records import Respondent, Texts
from ontology.terms import FG

_PERSON = "natural person"


def respondents(source: Source, node: Node, names: Names) -> tuple[tuple[Respondent, ...], tuple[str, ...]]:
    """Take the respondents of an act; return them, and the names of persons that the file gave away."""
    kinds = node.locals(FG.respondentKind, "status")
    texts = [value for _, value in node.texts(FG.respondentText)]
    found = []
    for iri in node.iris(FG.respondent):
        org = names.organisation(iri)
        own = next((text for text in texts if _called(source, text) == org.id), None)
        if own is not None:
            texts.remove(own)
        found.append(Respondent(own or org.name, "organisation", org.id))
    if "natural-person" in kinds:
        found.append(Respondent(_PERSON, "natural-person"))
        if _PERSON not in texts or "undisclosed" not in kinds:
            return _with_undisclosed(found, kinds, []), tuple(text for text in texts if text != _PERSON)
        texts.remove(_PERSON)
    if "undisclosed" in kinds:
        return _with_undisclosed(found, kinds, texts), ()
    for text in texts:
        known = source.lookup.organisation(text).id
        if known:
            found.append(Respondent(text, "organisation", known))
            continue
        source.notice(node.place, "fg:respondentText: names no respondent of the act and no kind of one; left out")
    return tuple(found), ()


def _with_undisclosed(found: list[Respondent], kinds: tuple[str, ...], texts: list[str]) -> tuple[Respondent, ...]:
    if "undisclosed" in kinds:
        found += [Respondent(text, "undisclosed") for text in texts or ["undisclosed"]]
    return tuple(found)


def _called(source: Source, text: str) -> str:
    return source.called(text).id if any(map(str.isalnum, text)) else ""


def without(texts: Texts, private: tuple[str, ...]) -> Texts:
    """Return the texts in which none of the names stands."""
    return tuple((tag, text) for tag, text in texts if not any(name.casefold() in text.casefold() for name in private))
