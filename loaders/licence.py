"""What may be given away: records whose licence allows any use, commercial use too."""

import re

from loaders.source import Source
from ontology.records import Document, Loaded, Problem

_OPEN = re.compile(
    r"https?://(?:creativecommons\.org/(?:licenses/by(?:-sa)?/|publicdomain/(?:zero|mark)/)"
    r"|www\.nationalarchives\.gov\.uk/doc/open-government-licence/|www\.etalab\.gouv\.fr/licence-ouverte"
    r"|www\.govdata\.de/dl-de/(?:by|zero)|opendatacommons\.org/licenses/(?:by|odbl|pddl)"
    r"|eur-lex\.europa\.eu/content/legal-notice/)"
)
REASON = "the licence forbids some uses, or none is stated"
OURS = frozenset(("curated", "press"))


def is_open(document: Document) -> bool:
    """Tell whether a document states a licence under which anybody may use it for anything."""
    return bool(document.licence and _OPEN.match(document.licence))


def only_open(part: Loaded, source: Source) -> Loaded:
    """Return what of a file may be given away, with a problem that counts the rest."""
    if source.name in OURS:
        return part
    kept = Loaded(
        acts=[one for one in part.acts if is_open(one.document)],
        stories=[one for one in part.stories if is_open(one.document)],
        matters=[one for one in part.matters if is_open(one.document)],
        references=[one for one in part.references if is_open(one.document)],
        problems=part.problems,
    )
    left = len(part.records) + len(part.references) + len(part.files)
    left -= len(kept.records) + len(kept.references)
    if left:
        kept.problems.append(Problem("skipped", source.path.name, REASON, source.name, count=left))
    return kept
