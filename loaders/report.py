"""What a build read from each source: records, what became of them, under which licence, up to which day."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from ontology.records import Loaded


@dataclass(slots=True)
class Tally:
    """The account of one source. `read` is what it holds: what was kept and what was left out."""

    source: str
    publishers: set[str] = field(default_factory=set)
    licences: set[str] = field(default_factory=set)
    tiers: set[str] = field(default_factory=set)
    files: int = 0
    decisions: int = 0
    rulings: int = 0
    press_items: int = 0
    rdf_files: int = 0
    left_out: int = 0
    notices: int = 0
    unknown_names: int = 0
    newest: str | None = None

    @property
    def read(self) -> int:
        """The number of records that the source holds."""
        return self.decisions + self.rulings + self.press_items + self.rdf_files + self.left_out

    def add(self, part: Loaded) -> None:
        """Add what one file gave."""
        documents = [document for document, _ in part.files]
        self.files += 1
        self.decisions += sum(act.type == "decision" for act in part.acts)
        self.rulings += sum(act.type == "ruling" for act in part.acts)
        self.press_items += len(part.stories)
        self.rdf_files += len(documents)
        self.left_out += sum(one.level == "error" for one in part.problems)
        self.notices += sum(one.level == "notice" for one in part.problems)
        self.unknown_names += len(part.unknown)
        documents += [act.document for act in part.acts] + [story.document for story in part.stories]
        self.publishers |= {one.publisher for one in documents if one.publisher}
        self.licences |= {one.licence for one in documents if one.licence}
        self.tiers |= {one.tier for one in documents}
        dates = [str(when) for act in part.acts for when in (act.decided, act.published) if when]
        dates += [str(story.published) for story in part.stories if story.published]
        self.newest = max([*dates, *([self.newest] if self.newest else [])], default=None)

    def row(self) -> Mapping[str, Any]:
        """Return the account as plain values, for the release's manifest."""
        sets = {"publishers": sorted(self.publishers), "licences": sorted(self.licences), "tiers": sorted(self.tiers)}
        return {**asdict(self), **sets, "read": self.read}
