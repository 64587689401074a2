"""What a build read from each source: records, what became of them, under which licence, up to which day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from loaders.source import SourceError
from ontology.records import Act, Document, Loaded, Matter, Problem, Story


@dataclass(slots=True)
class Tally:
    """The account of one source.

    `read` is what it holds: what was kept, what another file of the source repeats, what is no act
    (`skipped`), and what was at fault (`left_out`).
    """

    source: str
    publishers: set[str] = field(default_factory=set)
    licences: set[str] = field(default_factory=set)
    tiers: set[str] = field(default_factory=set)
    files: int = 0
    decisions: int = 0
    rulings: int = 0
    matters: int = 0
    press_items: int = 0
    references: int = 0
    rdf_files: int = 0
    repeated: int = 0
    skipped: int = 0
    left_out: int = 0
    notices: int = 0
    unknown_names: int = 0
    newest: str | None = None
    _documents: set[int] = field(default_factory=set)

    @property
    def read(self) -> int:
        """The number of records that the source holds."""
        kept = self.decisions + self.rulings + self.matters + self.press_items + self.references + self.rdf_files
        return kept + self.repeated + self.skipped + self.left_out

    def add(self, part: Loaded) -> None:
        """Add what one file gave."""
        documents = [document for document, _ in part.files]
        self.files += 1
        self.decisions += sum(act.type == "decision" for act in part.acts)
        self.rulings += sum(act.type == "ruling" for act in part.acts)
        self.matters += len(part.matters)
        self.press_items += len(part.stories)
        self.references += len(part.references)
        self.rdf_files += len(documents)
        levels: Counter[str] = Counter()
        for one in part.problems:
            levels[one.level] += one.count
        self.left_out += levels["error"]
        self.notices += levels["notice"]
        self.skipped += levels["skipped"]
        self.unknown_names += len(part.unknown)
        documents += [one.document for one in (*part.records, *part.references)]
        self._documents |= {id(one) for one in documents}
        self.publishers |= {one.publisher for one in documents if one.publisher}
        self.licences |= {one.licence for one in documents if one.licence}
        self.tiers |= {one.tier for one in documents}
        dates = [str(when) for act in part.acts for when in (act.decided, act.published) if when]
        dates += [str(one.case.opened) for one in part.matters if one.case.opened]
        dates += [str(story.published) for story in part.stories if story.published]
        self.newest = max([*dates, *([self.newest] if self.newest else [])], default=None)

    def holds(self, document: Document) -> bool:
        """Tell whether one of its files gave a document: RDF gives documents that are named after other sources."""
        return id(document) in self._documents

    def row(self) -> Mapping[str, Any]:
        """Return the account as plain values, for the release's manifest."""
        sets = {"publishers": sorted(self.publishers), "licences": sorted(self.licences), "tiers": sorted(self.tiers)}
        plain = {name: value for name, value in asdict(self).items() if not name.startswith("_")}
        return {**plain, **sets, "read": self.read}


def once(loaded: Loaded, tallies: Mapping[str, Tally]) -> None:
    """Keep one of the documents that several files of a source hold: the one read last, else the first given.

    Two fact sheets, or two files of RDF, under one name are a mistake: raises SourceError. A copy of one is none.
    """
    best: dict[str, Document] = {}
    for record in loaded.records:
        best[record.document.name] = _later(best.get(record.document.name), record.document)
    for document, _ in loaded.files:
        if document.name in best:
            raise _twice(best[document.name], document)
        best[document.name] = document

    for reference in loaded.references:  # many of one document
        first = best.setdefault(reference.document.name, reference.document)
        if first != reference.document:
            raise _twice(first, reference.document)

    def kept(record: Act | Story | Matter) -> bool:
        """Tell whether a record's document is the one to keep, and report it where not."""
        mine, other = record.document, best[record.document.name]
        if mine is other:
            return True
        if mine.source in _BY_HAND and mine.digest != other.digest:
            raise _twice(other, mine)
        newer = "retrieved later" if mine.retrieved != other.retrieved else "given first"
        reason = f"repeated: taken from {other.place or other.title}, {newer}"
        loaded.problems.append(Problem("skipped", mine.place, reason, mine.source, mine.record))
        tally = next(one for one in tallies.values() if one.holds(mine))
        tally.repeated += 1
        tally.decisions -= isinstance(record, Act) and record.type == "decision"
        tally.rulings -= isinstance(record, Act) and record.type == "ruling"
        tally.press_items -= isinstance(record, Story)
        tally.matters -= isinstance(record, Matter)
        return False

    loaded.acts = [one for one in loaded.acts if kept(one)]
    loaded.stories = [one for one in loaded.stories if kept(one)]
    loaded.matters = [one for one in loaded.matters if kept(one)]


_BY_HAND = frozenset(("curated", "news", "file"))


def _later(first: Document | None, second: Document) -> Document:
    if first is None or (second.retrieved and (not first.retrieved or _day(second) > _day(first))):
        return second
    return first


def _day(document: Document) -> str:
    return document.retrieved.isoformat() if document.retrieved else ""


def _twice(first: Document, second: Document) -> SourceError:
    return SourceError(
        f"{second.place or second.title}: {second.name} was already read from {first.place or first.title}; "
        "give each document once"
    )
