"""Known names in running text: companies, regulators, courts, laws and places, by one pass of Aho-Corasick.

Of two names that overlap the longer one counts. A short form that several bodies share counts where the page says
whose it is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from loaders.news.mention import Mention, folded
from loaders.news.places import described
from loaders.news.resolution import resolved
from loaders.news.spellings import Entry, index, whole, written
from ontology.records import Spelling
from ontology.registry import Registry


def find(text: str, language: str, registry: Registry) -> list[Mention]:
    """Return the names that a text holds, in order; of two that overlap the longer one counts."""
    plain = folded(text)
    automaton, entries = index(registry)
    spans: defaultdict[tuple[int, int], list[Entry]] = defaultdict(list)
    for number, start, end in automaton.find_matches_as_indexes(plain, overlapping=True):
        reach = whole(plain, start, end, language)
        if reach is None:
            continue
        for one in entries[number]:
            if written(text[start:end], one, start, text, reach - end):
                spans[start, reach].append(one)
    for start, end, authority in described(text, language):
        spans[start, end].append(Entry("regulator", authority, "", "description"))
    for start, end, entry in _inflected(plain, language, registry):
        spans[start, end].append(entry)
    return resolved(text, spans, language, registry)


_ENDED = frozenset(("pl", "el", "hu", "ro", "cs", "de", "sv", "hr", "fi", "it", "es", "fr", "pt"))
_WORD = re.compile(r"\w+")


@cache
def _stems(language: str, registry: Registry) -> Mapping[str, Sequence[tuple[re.Pattern[str], Entry]]]:
    """Return patterns of a language's names, each word with any ending, by how their first word begins."""
    found: defaultdict[str, list[tuple[re.Pattern[str], Entry]]] = defaultdict(list)
    things: list[tuple[str, str, Iterable[Spelling]]] = [
        ("court" if one.type == "court" else "regulator", one.id, one.spellings)
        for one in registry.authorities.values()
    ]
    things += [("law", one.id, one.spellings) for one in registry.laws.values()]
    for type_, id_, spellings in things if language in _ENDED else ():
        for one in spellings:
            if one.language != language or one.role == "acronym" or len(one.text) < 15:
                continue
            words = _WORD.findall(folded(one.text))
            if len(words) > 1:
                pattern = re.compile(r"\W{1,2}".join(_stem(word) for word in words) + r"(?!\w)")
                found[words[0][:3]].append((pattern, Entry(type_, id_, one.text, "name")))
    return found


def _stem(word: str) -> str:
    if len(word) < 4 or word.isdigit():
        return re.escape(word)
    return re.escape(word[: max(3, len(word) - (3 if len(word) > 6 else 2))]) + r"\w{0,5}"


def _inflected(text: str, language: str, registry: Registry) -> Iterator[tuple[int, int, Entry]]:
    found = _stems(language, registry)
    for word in _WORD.finditer(text) if found else ():
        for pattern, entry in found.get(word[0][:3], ()):
            if match := pattern.match(text, word.start()):
                yield match.start(), match.end(), entry
