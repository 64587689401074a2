"""The respondents of an act, whose names stand beside them as texts without saying which is whose.

A text belongs to the organisation that it names. What is left belongs to respondents without a node; the name
of a natural person never goes on.
"""

import re
from dataclasses import replace

from loaders.records.names import Names
from loaders.records.nodes import Node
from loaders.source import RecordError, Source
from ontology.records import Act, Respondent, Texts
from ontology.terms import FG

_PERSON = "natural person"
_ROLES = (("controller", FG.controller), ("joint-controller", FG.jointController), ("processor", FG.processor))


def respondents(source: Source, node: Node, names: Names) -> tuple[tuple[Respondent, ...], tuple[str, ...]]:
    """Take the respondents of an act; return them, and the names of persons that the file gave away."""
    kinds = node.locals(FG.respondentKind, "status")
    texts = [value for _, value in node.texts(FG.respondentText)]
    roles = {iri: role for role, predicate in _ROLES for iri in node.iris(predicate)}
    found = []
    for iri in node.iris(FG.respondent):
        org = names.organisation(iri)
        own = next((text for text in texts if _called(source, text) == org.id), None)
        if own is not None:
            texts.remove(own)
        found.append(Respondent(own or org.name, "organisation", org.id, roles.get(iri)))
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


def anonymous(act: Act, private: tuple[str, ...], authority: str) -> Act:
    """Return an act without the texts in which a person's name, or a capitalised word of it, stands."""
    if not private:
        return act
    words = {word for name in private for word in re.findall(r"[^\W\d_]{3,}", name) if word[0].isupper()}
    named = re.compile("|".join(map(re.escape, sorted({*private, *words}))))

    def texts(given: Texts) -> Texts:
        return tuple((tag, text) for tag, text in given if not named.search(text))

    def words_of(text: str | None) -> str | None:
        return None if text and named.search(text) else text

    if act.docket and named.search(act.docket):
        raise RecordError("its docket names a natural person; give it another")
    title = texts(act.title) or (("en", f"{authority}: {_PERSON}"),)
    case = act.case and replace(act.case, title=texts(act.case.title) or title)
    document = replace(act.document, title=words_of(act.document.title) or title[0][1])
    measures = tuple(replace(one, note=texts(one.note), amount_text=words_of(one.amount_text)) for one in act.measures)
    return replace(
        act,
        title=title,
        case=case,
        document=document,
        measures=measures,
        summary=texts(act.summary),
        provisions_text=words_of(act.provisions_text),
    )
