"""The rules that source.toml gives for a regulator's records, applied to the fields of one record."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from babel import Locale

from loaders.official import Rule, pattern


def found(rule: Rule, fields: Mapping[str, str]) -> re.Match[str] | None:
    """Return where a rule's pattern is in its field; without a pattern, the whole field."""
    return pattern(rule.get("pattern", r"^.+$")).search(fields.get(rule["field"], ""))


def first(rules: Iterable[Rule], fields: Mapping[str, str]) -> tuple[Rule, re.Match[str]] | None:
    """Return the first rule that applies, with its match."""
    return next(((rule, match) for rule in rules if (match := found(rule, fields))), None)


def docket(rules: Iterable[Rule], fields: Mapping[str, str]) -> str | None:
    """Return the docket by the first rule that applies: its groups as the rule's `form` writes them."""
    applied = first(rules, fields)
    if applied is None:
        return None
    rule, match = applied
    return str(rule.get("form", "{}")).format(*(match.groups() or (match[0],)))


def written_day(text: str, language: str) -> str:
    """Return a day whose month is written in a language as YYYY-MM-DD; any other text as it is.

    >>> written_day("16 mei 2024", "nl"), written_day("2024-05-16", "nl"), written_day("2022/05", "en")
    ('2024-05-16', '2024-05-16', '2022/05')
    """
    match = re.fullmatch(r"(\d{1,2}) (\w+) (\d{4})", " ".join(text.split()))
    names = {name.casefold(): month for month, name in Locale(language).months["format"]["wide"].items()}
    month = names.get(match[2].casefold()) if match else None
    if match is None or month is None:
        return text
    try:
        return dt.date(int(match[3]), month, int(match[1])).isoformat()
    except ValueError:
        return text


def leading(keywords: str, outcomes: Mapping[str, str]) -> Iterator[str]:
    """Yield the measures that the first keywords of a list name, up to the first that names none.

    >>> list(leading("Nakaz, Zdrowie, Upomnienie", {"Nakaz": "order-to-comply", "Upomnienie": "reprimand"}))
    ['order-to-comply']
    """
    for word in keywords.split(","):
        if word.strip() not in outcomes:
            return
        yield outcomes[word.strip()]


def nameless(title: str) -> bool:
    """Tell whether a title surely names nobody: after its first word it has no capital letters.

    >>> nameless("A parkolási pótdíjjal összefüggő tájékoztatás"), nameless("Panasz Kovács ellen"), nameless("Kovács")
    (True, False, False)
    """
    words = title.split()
    return len(words) > 2 and not any(char.isupper() for word in words[1:] for char in word)
