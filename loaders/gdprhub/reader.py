"""Decisions and rulings of GDPRhub, the register of noyb, in any of its shapes (`rows.py`).

One page is one act of a regulator or a court. The register names persons (its contributors, parties of court cases):
what may be such a name is withheld (`names.py`, `titles.py`, `parties.py`), and with it the address, number or
summary that would give it. The relevant law of a page counts as breached only where its outcome says so.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from loaders.gdprhub import names, titles
from loaders.gdprhub.appeals import appeals
from loaders.gdprhub.fields import web
from loaders.gdprhub.law import breached
from loaders.gdprhub.parties import of_title, parties, respondents
from loaders.gdprhub.rows import rows
from loaders.gdprhub.titles import Title
from loaders.source import Row, Skipped, Source
from loaders.values import ValueFault, date, stated
from ontology import places
from ontology.folding import fold
from ontology.records import Act, Document, Measure, Problem, Respondent
from ontology.registry import Authority

_ECLI = re.compile(r"ECLI:[A-Z]{2}:[A-Z0-9_]+:\d{4}:[\w.]+", re.IGNORECASE)
_OPINION = re.compile(r"AG\s+-\s+C\W|PHR\s+-\s")  # PHR: the advocates general at the Dutch Supreme Court
_DAY = re.compile(r"(?<![^\W_])(?:\d{1,4}\W+\w+\W+\d{2,4}|[A-Z][a-z]+ \d{4})$")
_UNUSED = ("started", "appeal to", "reference from", "language", "contributor")


def load(source: Source) -> Iterator[Act]:
    """Yield one act per page, in file order; raise SourceError where the file is none of the shapes."""
    yield from _once(source, source.each(rows(source), load_act))


def _once(source: Source, acts: Iterable[Act]) -> Iterator[Act]:
    """Leave out a page that stands twice in a file; tell pages and acts apart whose titles differ by signs alone.

    Two pages of one authority under one number are documents of one act, unless they were decided on two days.
    """
    pages: dict[str, str] = {}
    taken: dict[str, Act] = {}
    for act in acts:
        document = act.document
        key = document.key
        while pages.get(key, document.record) != document.record:
            key = f"{key}-2"
        if key in pages:
            at = f"{source.path.name}: {document.place}"
            reason = "the page stands in the file before"
            source.problems.append(Problem("skipped", at, reason, source.name, document.record))
            continue
        pages[key] = document.record
        own = act.id
        while own in taken and not _one_act(act, taken[own]):
            own = f"{own}-2"
        taken[own] = act
        yield replace(act, id=own, document=replace(document, key=key))


def _one_act(one: Act, other: Act) -> bool:
    days = {act.decided for act in (one, other) if act.decided}
    return titles.is_number(one.docket or "") and len(days) <= 1


def load_act(source: Source, row: Row) -> Act:
    """Read one page."""
    country = row.text("jurisdiction")
    place = places.named(country) or ""
    body, whole = row.text("body"), row.text("title")
    title = titles.read(source.lookup, whole, body, place)
    row.record = str(title)
    if _OPINION.match(whole):
        raise Skipped("an Advocate General's opinion, no act of the court")
    authority = _authority(source, whole, body, country, place)
    court = authority.type == "court"
    found = parties(source, row.text("parties"), place)
    if not found and not court:
        found = of_title(source, title, place)
    named = respondents(source, row, found, place, court=court)
    docket = _docket(source, row, place)
    withheld = _words((*title.withheld, *(one.name for one in found if one.kind in {"withheld", "described"})))
    breach, measures = _outcome(source, row, place, named)
    if authority.id in source.config["no_fines"] and any(one.kind == "administrative-fine" for one in measures):
        source.notice(row.place, f"fine: {authority.label} imposes none; left out", row.record, "fine")
        measures = ()
    act_provisions, law = breached(source, row, place, breach=breach and not court)
    ecli = _ECLI.search(row.text("ecli"))
    row.ignore(*_UNUSED)
    act = Act(
        id=f"{authority.id}_{titles.name(title, whole)}",
        document=_document(source, row, title, titles.key(title, whole, row.text("edition")), withheld),
        type="ruling" if court else "decision",
        authority=authority.id,
        respondents=named,
        title=(("en", _label(authority, named, docket or title.tail)),),
        docket=docket,
        ecli=ecli[0].rstrip(".").upper() if ecli else None,
        decided=source.when(row, "decided"),
        published=source.when(row, "published"),
        provisions=act_provisions,
        provisions_text=law,
        measures=measures,
        appeals=appeals(source, row, place),
        summary=_summary(source, row, withheld, named),
    )
    row.leftovers()
    return act


def _authority(source: Source, title: str, body: str, country: str, place: str) -> Authority:
    """Return the authority or court; the tables know many only with their country ("GHAL (Netherlands)").

    Where several courts bear the page's word for one, source.toml says which of them the page means.
    """
    if title in source.config["bodies"]:
        return source.registry.authorities[source.config["bodies"][title]]
    full = f"{body} ({country})"
    known = source.lookup.authority(body, place).id is None and source.lookup.authority(full, place).id
    return source.authority(full if known else body, place)


def _label(authority: Authority, named: tuple[Respondent, ...], mark: str) -> str:
    whom = ", ".join(one.name for one in named if one.kind == "organisation") or "undisclosed"
    return f"{authority.label}: {whom} ({mark})" if mark else f"{authority.label}: {whom}"


def _document(source: Source, row: Row, title: Title, key: str, withheld: frozenset[str]) -> Document:
    table = source.config
    url, page = row.text("url"), row.text("page")
    if title.withheld:
        source.notice(row.place, "title: a part may be a person's name: left out", row.record, "title")
        url = f"{table['homepage']}index.php?curid={page}" if page else ""  # an address without the title in it
    links = dict.fromkeys(filter(None, map(web, row.text("sources").split("\n"))))
    return Document(
        source="gdprhub",
        key=key,
        tier=table["tier"],
        title=str(title),
        url=web(url),
        more_urls=tuple(one for one in links if not any(word in fold(one) for word in withheld)),
        publisher=table["publisher"],
        licence=table["licence"],
        retrieved=source.retrieved,
        digest=source.digest,
        place=row.place,
        record=str(title),
    )


def _docket(source: Source, row: Row, place: str) -> str | None:
    """Return the case number; a date in its place is none."""
    text = row.text("number")
    if not stated(text):
        return None
    if _is_day(source, text):
        source.doubt(row, "number", text, "a date, no case number; left out")
        return None
    found = titles.number(text)
    if found != titles.even(text) and not titles.is_deed(source.lookup, text, place):
        source.notice(row.place, "number: a part may be a person's name: left out", row.record, "number")
    return None if not found or _is_day(source, found) else found


def _is_day(source: Source, text: str) -> bool:
    """Tell whether a text says no more than a day or a month ("Press release 04/01/2023", "August 2020")."""
    match = _DAY.search(text)
    if match is None or re.search(r"\d", text[: match.start()]):  # "6307/27.06.2022" is a number and its day
        return False
    try:
        found = date(match[0], source.latest).date
    except ValueFault:
        return False
    return found.day is not None or match[0][0].isalpha()


def _outcome(source: Source, row: Row, place: str, named: tuple[Respondent, ...]) -> tuple[bool, tuple[Measure, ...]]:
    """Return whether a breach was found, and the measures: the fine, or what the outcome says in so many words."""
    table = source.config["outcomes"]
    said, type_ = fold(row.text("outcome")), fold(row.text("type"))
    kind = table["measures"].get(said)
    euro = "EUR" if place in source.config["euro_only"] else None
    fine = source.sum(row, "fine", euro)
    target = named[0].org if len(named) == 1 else None
    breach = said in table["breach"] and type_ not in table["no_breach"]
    measures = [Measure(1, kind, target)] if kind else []
    if fine and re.search(r"[1-9]", fine.words):  # 0 is no fine
        if fine.money and not re.search(r"[^\d\s.,+]", fine.words):
            source.doubt(row, "fine", fine.words, f"no currency is stated; read as {euro}, the only one of {place}")
        if kind == "dismissal":
            source.doubt(row, "outcome", said, "contradicts the fine; the fine is kept")
        words = None if fine.money else fine.words
        others = [replace(one, number=2) for one in measures if one.kind not in {"dismissal", "administrative-fine"}]
        measures = [Measure(1, "administrative-fine", target, fine.money, amount_text=words), *others]
    return breach, tuple(measures)


def _words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of names that were withheld, folded, without those that only describe."""
    known = names.words("parties", "generic") | names.words("parties", "person")
    found = {word for text in texts for word in fold(text).split() if len(word) >= names.SHORTEST}
    return frozenset(word for word in found - known if not word.isdecimal())


def _tells(text: str, withheld: frozenset[str]) -> bool:
    """Tell whether a text has a word of a withheld name in it."""
    return bool(withheld) and not withheld.isdisjoint(fold(text).split())


def _summary(
    source: Source, row: Row, withheld: frozenset[str], named: tuple[Respondent, ...]
) -> tuple[tuple[str, str], ...]:
    """Return the register's sentence on the act; one that may name a person is left out."""
    lead = re.sub(r" (?=[.,;:)])", "", " ".join(row.text("lead").split()))  # the wiki puts a space after a link
    known = frozenset(word for one in named for word in fold(one.name).split())
    if _tells(lead, withheld) or names.may_name_person(lead, known):
        source.notice(row.place, "lead: may name a person: left out", row.record, "lead")
        return ()
    return (("en", lead),) if lead else ()
