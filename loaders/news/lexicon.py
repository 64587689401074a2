"""What reports of enforcement say in each language: `lexicon/<language>.toml` as compiled patterns."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("lexicon")
UNSPACED = frozenset(("ja", "ko", "zh"))
"""Languages whose words no space (or only a particle) ends: their patterns have no word boundaries."""
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell of an act: `kind` is a kind of event, or `pay` (an act only together with an amount)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The patterns of one language; the keys of each part are those of the file."""

    language: str
    trigger: Mapping[str, re.Pattern[str]]
    status: Mapping[str, re.Pattern[str]]
    flag: Mapping[str, re.Pattern[str]]
    money: Mapping[str, re.Pattern[str]]
    actor: Mapping[str, re.Pattern[str]]
    name: Mapping[str, re.Pattern[str]]
    scope: Mapping[str, re.Pattern[str]]
    law: Mapping[str, re.Pattern[str]]

    def triggers(self, text: str) -> list[Trigger]:
        """Return what the words of a text tell of, in order; of two that overlap the longer one counts.

        >>> [(one.kind, "a court overturned the fine"[one.start:one.end]) for one in
        ...  lexicon("en").triggers("a court overturned the fine")]
        [('court_ruling', 'court overturned'), ('fine', 'fine')]
        """
        found = (
            Trigger(kind, match.start(), match.end())
            for kind, pattern in self.trigger.items()
            for match in pattern.finditer(text)
        )
        kept: list[Trigger] = []
        for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
            if all(one.end <= other.start or one.start >= other.end for other in kept):
                kept.append(one)
        return sorted(kept, key=lambda one: one.start)


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a lexicon."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language, English where there is none of its own."""
    path = _FOLDER / f"{language}.toml"
    if not path.exists():
        return lexicon("en")
    parts = tomllib.loads(path.read_text(encoding="utf-8"))
    spaced = language not in UNSPACED
    compiled = {
        part: {key: pattern(_listed(entries), spaced=spaced) for key, entries in parts[part].items()}
        for part in ("trigger", "status", "flag", "money", "actor", "name", "scope")
    }
    law = {key: pattern([f"(?:{one})" for one in entries[:1]], spaced=spaced) for key, entries in parts["law"].items()}
    return Lexicon(language, law=law, **compiled)


def _listed(entries: list[str] | str) -> list[str]:
    return [entries] if isinstance(entries, str) else entries


def pattern(entries: list[str], *, spaced: bool = True) -> re.Pattern[str]:
    """Return one pattern for any of the entries, between word boundaries where the language has them."""
    if not entries:
        return NEVER
    joined = "|".join(entries)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)" if spaced else f"(?:{joined})", re.IGNORECASE)


def furniture() -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    """Yield, for each language, the patterns of lines that are no part of a story."""
    for language in languages():
        parts = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
        yield language, parts["furniture"]
