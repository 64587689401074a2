"""What a record says that can tell one act from another, in forms that compare."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from urllib.parse import unquote, urlsplit

from ontology.dates import Date
from ontology.folding import bare, fold
from ontology.records import Act, Money
from ontology.terms import GROUP_OF

# Words around a number that are not part of it, in the languages of the regulators that we read.
_NOISE = frozenset((
    "no", "nr", "n", "num", "numero", "number", "case", "file", "ref", "reference", "decision", "decisions",
    "decisione", "decizia", "decizie", "deliberation", "deliberacao", "deliberazione", "delibera", "resolution",
    "resolucion", "procedimiento", "sancionador", "expediente", "provvedimento", "doc", "web", "docweb",
    "dossier", "beslut", "besluit", "bescheid", "dnr", "sag", "sagsnr", "journalnummer", "jnr", "asia",
    "diaarinumero", "apofasi", "apofase", "decyzja", "hatarozat", "ugyszam", "postanowienie", "ordinanza",
    "ingiunzione", "del", "du", "de", "la", "le", "di", "of", "the", "der", "die", "das", "az", "und", "and",
    "e",
))  # fmt: skip
_FILED = re.compile(r"[a-z]{1,5} \d+ (?:19|20)\d{2}")
_DATE_LIKE = re.compile(r"(?:\d{1,2} ){2}(?:19|20)?\d{2}|(?:19|20)\d{2}(?: \d{1,2}){1,2}|(?:19|20)\d{2}")
_FEWEST_DIGITS = 3
_LONG_NUMBER = 6
_TELLING = 60


@dataclass(frozen=True, slots=True)
class Profile:
    """One record's evidence.

    `filed` are the numbers that its URLs spell, `person` tells whether it falls on one; `label` is all that is said
    of it in words, `words` its summary;
    `sums` are the amounts it may be known by (imposed and paid); `payable` tells whether it imposes money at all,
    `converted` whether its source converted it.
    """

    act: Act
    dockets: frozenset[str]
    filed: frozenset[str]
    urls: frozenset[str]
    orgs: frozenset[str]
    names: tuple[str, ...]
    person: bool
    label: str
    dates: tuple[Date, ...]
    sums: tuple[Money, ...]
    payable: bool
    converted: bool
    words: str

    @property
    def place(self) -> str:
        """Its document's name: the profile's identity."""
        return self.act.document.name


def profile(act: Act) -> Profile:
    """Return the evidence of a record."""
    document = act.document
    payable = [one for one in act.measures if GROUP_OF[one.kind] == "payable"]
    stated = [one.money for one in payable if one.money]
    total = [Money(sum((one.amount for one in stated), Decimal(0)), stated[0].currency)] if _one_unit(stated) else []
    dockets, filed = numbers(act)
    return Profile(
        act=act,
        dockets=dockets,
        filed=filed,
        urls=frozenset(filter(None, map(url, _official(act)))),
        orgs=frozenset(one.org for one in act.respondents if one.org),
        names=tuple(dict.fromkeys(bare(one.name) for one in act.respondents if one.org)),
        person=any(one.kind == "natural-person" for one in act.respondents),
        label=fold(" ".join((act.docket or "", document.title, *(text for _, text in act.summary)))),
        dates=tuple(dict.fromkeys(one for one in (act.decided, act.published) if one)),
        sums=(*total, *(one.paid for one in payable if one.paid)),
        payable=bool(payable),
        converted=any(one.converted for one in payable),
        words=next((fold(text) for _, text in act.summary if len(text) >= _TELLING), ""),
    )


def numbers(act: Act) -> tuple[frozenset[str], frozenset[str]]:
    """Return the dockets that a record states, and the numbers that its official URLs spell."""
    _, dash, tail = act.document.record.rpartition(" - ")  # a page's title ends in its number
    stated = (act.docket or "", act.ecli or "", tail if dash else "")
    return frozenset(filter(None, map(docket, stated))), frozenset(filter(None, map(_in_url, _official(act))))


def _official(act: Act) -> list[str]:
    """Return the addresses of official documents: a tracker's or register's own page is none."""
    document = act.document
    links = document.more_urls if document.tier in {"tracker", "register"} else (document.url, *document.more_urls)
    return [one for one in links if one]


def _one_unit(sums: Iterable[Money]) -> bool:
    return len({one.currency for one in sums}) == 1


@cache
def docket(text: str) -> str:
    """Return a file number without words, signs and leading zeros around it; "" for what is none (a date).

    >>> docket("Délibération SAN-2022-019"), docket("PS/00120/2021"), docket("31.01.2024"), docket("N/A")
    ('san 2022 19', 'ps 120 2021', '', '')
    """
    words = [word for word in re.findall(r"\d+|[^\W\d_]+", fold(text.replace(".", " "))) if word not in _NOISE]
    number = " ".join(word.lstrip("0") or "0" if word.isdecimal() else word for word in words)
    digits = sum(char.isdecimal() for char in number)
    return "" if digits < _FEWEST_DIGITS or _DATE_LIKE.fullmatch(number) else number


def shape(number: str) -> str:
    """Return the scheme of a docket: its letters, with each number as 0.

    A lone number counts by its length: two of six digits or more are of one series.

    >>> shape("ps 120 2021"), shape("9434545"), shape("1009")
    ('ps 0 0', '0000000', '')
    """
    if number.isdecimal():
        return "0" * len(number) if len(number) >= _LONG_NUMBER else ""
    return re.sub(r"\d+", "0", number)


# Document numbers that authorities carry through all their sites and languages.
_NUMBERED = re.compile(r"docweb/\d+|cniltext\d+|(?<=dokumentnummer=)\w+|(?<=docid=)[\d,]+")
_CHANGING = re.compile(r"(?:lang|language|hl|utm_\w+|resultfunctiontoken)=[^&]*|(?:page|pagesize)=\d*")


@cache
def url(link: str) -> str:
    """Return what names a document in its URL, without what changes from link to link; "" for a site's home page.

    >>> url("https://www.garanteprivacy.it/web/guest/home/docweb/-/docweb-display/docweb/9434545/")
    'docweb 9434545'
    >>> url("http://www.aepd.es/es/documento/PS-00120-2021.pdf")
    'aepd.es ps-00120-2021'
    >>> url("https://azop.hr/en/news//fine/?lang=en"), url("https://azop.hr/news/fine")
    ('azop.hr /news/fine', 'azop.hr /news/fine')
    >>> url("https://www.dataprotection.ro/?page=Comunicat_18_01_2023&lang=ro"), url("https://www.datatilsynet.no/en/")
    ('dataprotection.ro ?page=comunicat_18_01_2023', '')
    """
    parts = _split(link)
    site = parts.netloc.lower().removeprefix("www.")
    path = re.sub(r"/+", "/", _plain(parts.path)).rstrip("/").lower()
    query = unquote(parts.query).lower()
    if found := _NUMBERED.search(f"{path}?{query}"):
        return found[0].replace("/", " ")
    path = re.sub(r"(?:/[^/=]*=[^/]*)+$", "", path)  # parameters that a site writes as a folder
    last = _stem(path)
    if sum(char.isdecimal() for char in last) >= _FEWEST_DIGITS:
        return f"{site} {last}"
    kept = "&".join(one for one in query.split("&") if one and not _CHANGING.fullmatch(one))
    path = re.sub(r"^/[a-z]{2}(?=/|$)", "", re.sub(r"^/index\.\w+", "", path))
    return f"{site} {path}{f'?{kept}' if kept else ''}" if path or kept else ""


def _in_url(link: str) -> str:
    """Return what the last part of a URL's path spells, in the form of a docket; "" where it has no number."""
    return docket(_stem(_plain(_split(link).path).rstrip("/").lower()))


def is_number(filed: str) -> bool:
    """Tell whether the last part of a URL is a docket and nothing else.

    >>> is_number("ps 120 2021"), is_number("comunicat presa 31 1 2023")
    (True, False)
    """
    return bool(_FILED.fullmatch(filed))


def spells(filed: str, number: str) -> bool:
    """Tell whether the words of a URL hold a docket; a lone short number says too little.

    >>> spells("decision quant au fond 53 2020", "53 2020"), spells("24 53 2020", "3 2020")
    (True, False)
    """
    return f" {number} " in f" {filed} " and (" " in number or len(number) >= _LONG_NUMBER)


def _plain(path: str) -> str:
    """Return a path decoded; some sources encode it twice."""
    return unquote(unquote(path))


def _stem(path: str) -> str:
    return re.sub(r"(?:_ori)?(?:\.(?:pdff?|html?|aspx?|docx?|php))?$", "", path.rpartition("/")[2])


def _split(link: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - what urlsplit returns
    try:
        return urlsplit(link)
    except ValueError:  # a source's broken link names nothing
        return urlsplit("")
