"""Fines of the CMS GDPR Enforcement Tracker, from its dumps in three shapes (`rows.py`).

One row is one decision, keyed by its ETid; a source URL is no key, many rows share one. All
amounts are in EUR, those of other currencies converted on a day that nobody states. A fine that is
"Unknown" or in words is a fine without an amount, not a fine of zero. The tracker's "date" is read as
the day of the decision, though it often is the day of publication: better dated documents win.
A row that names no authority is one of the only data protection authority of its country, or left out.
The summary is the tracker's own text: its graph keeps it under the tracker's licence.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from loaders.cms.rows import rows
from loaders.source import RecordError, Row, Skipped, Source, config
from ontology.dates import Date
from ontology.identifiers import slug
from ontology.records import Act, Document, Measure, Money, Respondent
from ontology.registry import Authority, RegistryError

_UNKNOWN = frozenset({"Unknown", ""})
_FINE_WORDS = ("Unknown", "Only intention", "Fine ")
_LEGAL_FORM = (
    r"(?:inc|ltd|limited|llc|plc|gmbh|gbr|ag|se|ab|as|a/s|oy|oyj|aps|b\.?v|n\.?v|s\.?a\.?u|s\.?a\.?s|s\.?a|s\.?l\.?u"
    r"|s\.?l|s\.?p\.?a|s\.?r\.?l\.?s?|kft|zrt|sp\. z o\.o|d\.o\.o|a\.s|s\.r\.o)\.?"
)
_ENDS_IN_FORM = re.compile(rf"\w.*[\s,]{_LEGAL_FORM}$", re.IGNORECASE)


@cache
def settings() -> dict[str, Any]:
    """Return the loader's source.toml."""
    return config(str(__file__).rpartition("/")[0])


def load(source: Source) -> Iterator[Act]:
    """Yield one act per row, in file order; raise SourceError where the file is no tracker dump."""
    yield from source.each(rows(source), load_act)


def load_act(source: Source, row: Row) -> Act:
    """Read one row of the tracker."""
    table = source.config
    key = row.text("etid")
    if not re.fullmatch(r"ETid-\d+", key):
        raise RecordError(f"{key!r} is no ETid")
    country = row.lookup("country", table["countries"])
    authority = _authority(source, row, country)
    decided = row.date("date", _UNKNOWN)
    respondents = tuple(_respondent(source, one) for one in row.names("respondent", split_names))
    act_id = f"{authority.id}_{slug(key)}"
    provisions, text = _provisions(source, row, country)
    sector, violation = row.lookup("sector", table["sectors"]), row.lookup("violation", table["violations"])
    summary = row.text("summary")
    links = tuple(
        link for link in dict.fromkeys(row.text("links").split("\n")) if link.startswith(("http://", "https://"))
    )
    measures = _measures(_fine(source, row, links), country, decided, respondents)
    row.leftovers()
    document = Document(
        source="cms",
        key=slug(key),
        tier=table["tier"],
        title=f"GDPR Enforcement Tracker {key} ({sector.replace('-', ' ') or 'sector not assigned'}; {violation})",
        url=f"{table['homepage']}{key}",
        more_urls=links,
        publisher=table["publisher"],
        licence=table["licence"],
        retrieved=source.retrieved,
        digest=source.digest,
        place=row.place,
        record=key,
    )
    named = ", ".join(one.name for one in respondents) or "undisclosed"
    return Act(
        id=act_id,
        document=document,
        type="decision",
        authority=authority.id,
        respondents=respondents,
        title=(("en", f"{authority.label}: {named} ({key})"),),
        decided=decided,
        provisions=provisions,
        provisions_text=text,
        measures=measures,
        sectors=(sector,) if sector else (),
        summary=(("en", summary),) if summary else (),
    )


def _authority(source: Source, row: Row, country: str) -> Authority:
    """Return the authority that a row names; where it names none, the only one that it can be."""
    if name := row.text("authority"):
        return source.authority(name, country)
    only = source.lookup.general(country)
    if only is None:
        raise Skipped(f"names no authority, and {country} has no single data protection authority")
    authority = source.registry.authorities[only]
    source.doubt(row, "authority", "", f"the file names none; {authority.label} is the only one of {country}")
    return authority


def _fine(source: Source, row: Row, links: tuple[str, ...]) -> Money | str | None:
    """Take the fine, in euros or in words; None where the file keeps no words of what is no number."""
    if not row.has("fine"):
        source.doubt(row, "fine", "", "unknown, or only announced: the file does not tell which; left out")
        return None
    fine = row.money("fine", "EUR", _FINE_WORDS)
    if isinstance(fine, Money) and not fine.amount:
        source.doubt(row, "fine", "0", "no fine is 0: annulled or not imposed; kept as words")
        fine = "0"
    announced = any(words in link for words in source.config["announced"]["in_url"] for link in links)
    if announced and not str(fine).startswith("Only intention"):
        source.doubt(row, "fine", str(fine), "its document announces a fine and imposes none")
        fine = f"Only intention to issue fine: {fine}"
    return fine


def _measures(
    fine: Money | str | None, country: str, decided: Date | None, respondents: tuple[Respondent, ...]
) -> tuple[Measure, ...]:
    """Read the fine: digits are euros, "Unknown" and prose are a fine without an amount."""
    if fine is None:
        return ()
    target = respondents[0].org if len(respondents) == 1 else None
    if isinstance(fine, Money):
        own = settings()["not_euro"].get(country)
        converted = own is not None and (decided is None or str(decided) <= own.get("until", "9999"))
        return (Measure(1, "administrative-fine", target, fine, converted),)
    if fine in _UNKNOWN:
        return (Measure(1, "administrative-fine", target),)
    kind = "formal-notice" if fine.startswith("Only intention") else "administrative-fine"
    return (Measure(1, kind, target, amount_text=fine),)


def split_names(cell: str) -> list[str]:
    r"""Return the names in a cell: it holds several where each part ends in a legal form of its own.

    >>> split_names("Uber Technologies Inc.\nUber B.V."), split_names("FACTOR ENERGÍA,\r\nS.A.")
    (['Uber Technologies Inc.', 'Uber B.V.'], ['FACTOR ENERGÍA, S.A.'])
    """
    whole = " ".join(cell.split())
    for separator in (r"\s*[\r\n]+\s*", r",? and |, (?=\w+ \w+)"):
        parts = [part.strip(" ,") for part in re.split(separator, cell)]
        if len(parts) > 1 and all(_ENDS_IN_FORM.fullmatch(" ".join(part.split())) for part in parts):
            return [" ".join(part.split()) for part in parts]
    return [whole]


def _respondent(source: Source, name: str) -> Respondent:
    kind = classify(name)
    if kind == "organisation":
        return Respondent(name, kind, source.organisation(name).id)
    return Respondent(name if kind == "undisclosed" else "natural person", kind)


def _fold(value: str) -> str:
    plain = unicodedata.normalize("NFKD", value)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


@cache
def _words() -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in settings()["respondents"].items()}


def classify(name: str) -> Literal["organisation", "natural-person", "undisclosed"]:
    """Tell a proper name from a description; two kebab restaurants are not one company.

    A remark in brackets makes a name of a description of an organisation, never of a person's.

    >>> classify("Kebab restaurant"), classify("Police Officer"), classify("Bergen Municipality")
    ('undisclosed', 'natural-person', 'organisation')
    """
    words = _words()
    digest = hashlib.sha256(name.strip().casefold().encode()).hexdigest()[:12]
    if digest in words["person_digests"]:
        return "natural-person"
    folded = _fold(" ".join(name.split()))
    known = words["generic_words"] | words["person_words"]
    outside = set(re.findall(r"[^\W_]+", re.sub(r"\([^)]*\)", " ", folded)))
    if folded in words["unknown"] or not outside:
        return "undisclosed"
    if folded in words["named"] or outside - known:
        return "organisation"
    if outside & words["person_words"]:
        return "natural-person"
    return "organisation" if set(re.findall(r"[^\W_]+", folded)) - known else "undisclosed"


_LAW = re.compile(r"(?:\s|^|\))(?P<law>[A-Z][A-Za-z]*[A-Z]{1}[\w ./-]*|[A-Z][a-z]{3,}.*)$")
_LEVEL = re.compile(r"\((\d{1,2})\)|\(?\b([a-z])\)")


def _provisions(source: Source, row: Row, country: str) -> tuple[tuple[str, ...], str | None]:
    cell = row.text("articles")
    if cell in _UNKNOWN:
        return (), None
    found, unread = parse_articles(cell)
    provisions = []
    for article in found:
        try:
            provisions.append(source.registry.provision("eu_gdpr", article).id)
        except RegistryError:
            unread.append(article)
    for piece in unread:
        if national := _national(source, piece, country):
            provisions += national
            continue
        source.notice(row.place, f"provision not read, kept as text: {piece!r}")
    return tuple(dict.fromkeys(provisions)), cell


_LATIN = "bis|ter|quater|quinquies|sexies|septies|octies|novies|decies|undecies|duodecies|terdecies|quaterdecies"
_OF_A_LAW = re.compile(
    rf"Art\.?\s*(?P<number>\d+(?:-(?:{_LATIN}))?)(?P<levels>(?:[\s,]*\(\d{{1,2}}\)|\s[a-z]\))*)\s+(?P<law>.+)"
)


def _national(source: Source, piece: str, country: str) -> list[str]:
    """Return the provisions of a country's own law that a piece of the cell names, none where that is not sure."""
    match = _OF_A_LAW.fullmatch(piece)
    law = source.lookup.law(match["law"], country).id if match else None
    if match is None or law is None or law == "eu_gdpr":
        return []
    try:
        levels = _levels(match["number"], match["levels"])
        return [source.registry.provision(law, notation).id for notation in levels]
    except RegistryError:
        return []


def parse_articles(cell: str) -> tuple[list[str], list[str]]:
    """Return (GDPR provisions in common notation, pieces that are of other laws or not understood).

    >>> parse_articles("Art. 5 (1) a), c) GDPR, Art. 13 GDPR, Art. 6 LOPD")
    (['5(1)(a)', '5(1)(c)', '13'], ['Art. 6 LOPD'])
    >>> parse_articles("Art. 12 (1), (2) GDPR Art. 33 GDPR")
    (['12(1)', '12(2)', '33'], [])
    >>> parse_articles("Art. 5 GDRP, Art. 6 GDPR GDPR")
    (['5', '6'], [])
    """
    found: list[str] = []
    unread: list[str] = []
    law = ""
    for raw in reversed(re.split(r"(?=\bArt\b)", cell)):
        piece = " ".join(raw.split()).strip(" ,;.")
        if not piece:
            continue
        suffix = _LAW.search(re.sub(r"^Art\.?\s*\d+", "", piece))
        law = (
            suffix["law"].strip().replace("GPDR", "GDPR").replace("GDRP", "GDPR").replace("GDPR GDPR", "GDPR")
            if suffix
            else law
        )
        head = re.match(r"Art\.?\s*(\d{1,3})\b", piece)
        body = piece[head.end() : len(piece) - (len(suffix["law"]) if suffix else 0)] if head else ""
        if head is None or law != "GDPR" or re.search(r"[^\s,;.&]", _LEVEL.sub("", body).replace("and", "")):
            unread.insert(0, piece)
            continue
        found[:0] = _levels(head[1], body)
    return found, unread


def _levels(article: str, body: str) -> list[str]:
    paragraphs: list[tuple[str, list[str]]] = []
    for paragraph, point in _LEVEL.findall(body):
        if paragraph:
            paragraphs.append((f"({paragraph})", []))
        else:
            if not paragraphs:
                paragraphs.append(("", []))
            paragraphs[-1][1].append(f"({point})")
    if not paragraphs:
        return [article]
    return [f"{article}{par}{point}" for par, points in paragraphs for point in (points or [""])]
