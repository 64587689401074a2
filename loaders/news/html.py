"""A web page to the text of its story: no markup, no comments, no teasers of other stories.

What a known site marks up is taken from where it stands (sites.py), of other pages trafilatura finds the main text.
"""

import copy
import html as entities
import json
import re
import unicodedata
from collections.abc import Iterable

from lxml import etree, html

from loaders.charset import decoded
from loaders.news import furniture
from loaders.news.draft import Draft, Part, Role
from loaders.news.language import language_of
from loaders.news.sites import Site, first, site_of

SHORTEST = 40
"""Characters of the shortest paragraph that makes a page a story (a wide character counts twice)."""
_DEPTH = 200  # libxml2 stops there by itself; trafilatura recurses
_DATED = 300_000  # characters of markup up to which htmldate looks into the text
_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video",
    "button", "select", "input", "textarea", "nav", "footer", "aside", "dialog", "menu", "map",
))  # fmt: skip
_BLOCK = frozenset((
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "figcaption", "caption", "blockquote", "div", "section",
    "article", "main", "header", "pre", "dt", "dd", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "figure",
    "address", "details", "summary", "center", "body", "html", "hr", "td", "th",
    "item", "list", "head", "quote", "row", "cell",  # as trafilatura calls them
))  # fmt: skip
_ITEM = frozenset(("li", "tr", "dd", "dt", "item", "row"))
_CAPTION = frozenset(("figcaption", "caption"))
_ROW = frozenset(("tr", "row"))
_CELL = frozenset(("td", "th", "cell"))
_LINE_BREAK = frozenset(("br", "lb"))
_BREAK = "\x1e"  # stands for a line break: clean() would take it for one that a page brings
_BREAKS = re.compile(rf"(?:{_BREAK}\s*){{2,}}")
_SPACE = f" |\n\t\r{_BREAK}"
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.created", "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_ODD = re.compile(r"[\s<>\"{}|\\^`]")  # no address has them
# Class or id of what is no part of a story.
_ASIDE = re.compile(
    r"^(?:comments?|comment-?(?:list|section|area|thread|form|box)s?|commentlisting|disqus\w*|respond|replies|related\w*"
    r"|recommend\w*|recirc\w*|outbrain\w*|taboola\w*|teasers?|promo\w*|most-?(?:read|popular)|trending|read-?(?:more|next|also)"
    r"|see-?also|more-?(?:stories|news|from)|share|sharing|share-?(?:bar|buttons?|tools|links?|this)|social\w*|follow-?us"
    r"|newsletters?\w*|sign-?up|subscribe\w*|subscription\w*|breadcrumbs?|cookies?\w*|consent\w*|gdpr-?banner|sidebar|widget\w*"
    r"|advert\w*|ads?|sponsor\w*|byline|author-?(?:bio|box|info)|tags?|tag-?(?:list|cloud)|pagination|pager|menu|navigation"
    r"|masthead|site-?(?:header|footer)|skip-?link|print-?only|screen-?reader-?text|visually-?hidden|sr-?only)$",
    re.IGNORECASE,
)
_WHOLE = frozenset(("html", "head", "body", "main", "h1", "title"))
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--.{0,300}?-->|<!\[CDATA\[|\]\]>", re.DOTALL)
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s>]{4,500})", re.IGNORECASE)
_DAY = re.compile(r"(?P<iso>\d{4}-\d{2}-\d{2})|(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ONE_LINE = re.compile(r"\s+")
_SITE_NAME = re.compile(r"\s+(?:[|–—·•»]|-)\s+[^|–—·•»]{2,60}$")
_COUNT = re.compile(r"\s*\((?:[\w-]+\.)+[a-z]{2,}\)(?:\s+\d+)?$", re.IGNORECASE)


def drafts(raw: bytes, url: str | None = None) -> list[Draft]:
    """Return the stories of a web page: one, several on a news sheet of a known site, none where there is no story."""
    saved = _SAVED_FROM.search(raw[:4096])
    tree = parsed(decoded(raw))
    if tree is None:
        return []
    url = _address(tree) or (saved[1].decode("ascii", "replace") if saved else None) or url
    site = site_of(url, tree)
    stated = _language(tree)
    published = _published(tree, len(raw))
    if site and site.items and (found := _sheet(tree, site, url, stated)):
        return found
    headline = _headline(tree, site)
    if site and site.date:
        published = next((day for one in first(tree, site.date) if (day := _day(_text(one)))), None) or published
    _prune(tree)
    parts = _of_site(tree, site) or _main_text(tree)
    made = draft(headline, parts, stated)
    return [Draft(made.headline, made.parts, published, url, stated)] if made else []


def parts_of_markup(markup: str) -> list[Part]:
    """Return the text of a piece of HTML, block by block."""
    tree = parsed(f"<html><body><div>{markup}</div></body></html>")
    if tree is None:
        return []
    _prune(tree)
    return parts_of(tree)


def fragment(markup: str, headline: str, stated: str | None) -> Draft | None:
    """Return the story of a piece of HTML, as feeds hold it."""
    return draft(headline, parts_of_markup(markup), stated, shortest=1)


def draft(headline: str, parts: Iterable[Part], stated: str | None, *, shortest: int = SHORTEST) -> Draft | None:
    """Return a story without the furniture among its parts; None where no part is a paragraph."""
    headline = _COUNT.sub("", clean(headline))
    listed = [Part(one.role, text) for one in parts if (text := clean(one.text)) and text != headline]
    language = language_of(" ".join(one.text for one in listed), stated)
    kept: list[Part] = []
    for one in listed:
        if kept and furniture.lexicon().is_end(one.text) and not furniture.is_sentence(one.text):
            break
        if one.role == "paragraph" and furniture.is_credit(one.text):
            kept.append(Part("caption", one.text))
        elif not furniture.left_out(one.text, language, item=one.role == "item"):
            kept.append(one)
    told = [one for one in kept if one.role != "caption" and _width(one.text) >= shortest]
    if not told:
        return None
    return Draft(headline or told[0].text[:200], tuple(kept), language=stated)


def clean(text: str) -> str:
    r"""Return a text on one line without markup, entities and control characters, also those hidden in entities.

    >>> clean("A &amp;lt;b&amp;gt;fine&lt;/b&gt; of\x00 5&nbsp;million\u200b")
    'A fine of 5 million'
    """
    for _ in range(3):
        plain = _MARKUP.sub(" " if "<br" in text else "", entities.unescape(text))
        if plain == text:
            break
        text = plain
    text = "".join(
        " " if (kind := unicodedata.category(one)) == "Cc" else "" if kind in {"Cf", "Cs"} else one for one in text
    )
    return _ONE_LINE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def parsed(markup: str) -> html.HtmlElement | None:
    """Return the tree of a page; None where there is none. Nothing outside the page is read."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False, no_network=True)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    _flatten(tree)
    return tree


def _flatten(tree: html.HtmlElement) -> None:
    """Cut off what is nested deeper than any page is: what works on trees recurses."""
    level, depth = [tree], 0
    while level:
        depth += 1
        if depth == _DEPTH:
            for one in level:
                words = _ONE_LINE.sub(" ", "".join(one.itertext()))[:10_000]
                del one[:]
                one.text = words
            return
        level = [child for one in level for child in one]


def parts_of(tree: html.HtmlElement) -> list[Part]:
    """Return the text of an element block by block, in its order."""
    walk = _Walk()
    walk.into(tree, "paragraph", in_row=False)
    walk.flush("paragraph")
    return walk.parts


class _Walk:
    """A walk over a tree that gathers words until a block ends. Trees are no deeper than _DEPTH."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._words: list[str] = []

    def flush(self, role: Role) -> None:
        """End a block; two line breaks end one too."""
        for text in _BREAKS.split("".join(self._words)):
            if text.strip(_SPACE):
                self.parts.append(Part(role, text.strip(_SPACE).replace(_BREAK, " ")))
        self._words.clear()

    def into(self, one: html.HtmlElement, role: Role, *, in_row: bool) -> None:
        """Walk over an element and what is in it."""
        tag = one.tag if isinstance(one.tag, str) else "script"
        if tag in _SKIPPED:
            return
        inner: Role = "item" if tag in _ITEM else "caption" if tag in _CAPTION else role
        block = tag in _BLOCK and not in_row
        row = in_row or (tag in _ROW and not _is_layout(one))
        if tag in _ROW and not row:
            inner = role
        if in_row and tag in _CELL and "".join(self._words).strip(_SPACE):
            self._words.append(" | ")
        elif in_row and tag in _BLOCK:
            self._words.append(" ")
        elif block:
            self.flush(role)
        elif tag in _LINE_BREAK:
            self._words.append(_BREAK)
        self._words.append(one.text or "")
        for child in one:
            self.into(child, inner, in_row=row)
            self._words.append(child.tail or "")
        if block:
            self.flush(inner)


def _is_layout(row: html.HtmlElement) -> bool:
    """Tell whether a table's row holds parts of the page rather than values."""
    return any(len("".join(one.itertext())) > 200 for one in row if isinstance(one.tag, str))


def _of_site(tree: html.HtmlElement, site: Site | None) -> list[Part]:
    return [part for one in first(tree, site.story) for part in _without(one, site)] if site else []


def _without(story: html.HtmlElement | str, site: Site) -> list[Part]:
    if isinstance(story, str):
        return []
    for path in site.drop:
        for one in story.xpath(path):
            one.drop_tree()
    return parts_of(story)


def _sheet(tree: html.HtmlElement, site: Site, url: str | None, stated: str | None) -> list[Draft]:
    """Return the stories of a sheet of several."""
    found = []
    items = first(tree, site.items)
    for item in items if len(items) > 1 else ():
        if isinstance(item, str):
            continue
        heading = first(item, site.headline)[:1]
        lead = clean(" ".join(map(_text, first(item, site.lead)[:1])))
        title = clean(" ".join(map(_text, heading)))
        published = next((day for one in first(item, site.date) if (day := _day(_text(one)))), None)
        link = next(iter(item.xpath(".//a/@href")), "")
        made = draft(f"{lead}: {title}" if lead and lead not in title else title, _of_site(item, site), stated)
        if made and title:
            found.append(Draft(made.headline, made.parts, published, url, stated, id=str(link) or title))
    return found


def _main_text(tree: html.HtmlElement) -> list[Part]:
    import trafilatura  # noqa: PLC0415 - half a second that only pages without a known site need

    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    parts = parts_of(body) if body is not None else []
    if sum(_width(one.text) for one in parts) >= SHORTEST:
        return parts
    return [part for one in first(tree, ("//article", "//main", "//body")) for part in parts_of(one)]


def _prune(tree: html.HtmlElement) -> None:
    """Take out what is no part of a story, by what it is called; never what most of the page stands in."""
    body = next(iter(tree.xpath("//body")), tree)
    whole = len(body.text_content())
    waiting = [body]
    while waiting:
        one = waiting.pop()
        for child in list(one):
            if not isinstance(child.tag, str):
                continue
            if child.tag in _SKIPPED or (_is_aside(child) and not _holds_story(child, whole)):
                child.drop_tree()
            else:
                waiting.append(child)


def _is_aside(one: html.HtmlElement) -> bool:
    if one.tag in _WHOLE:
        return False
    if "hidden" in one.attrib or "display:none" in one.get("style", "")[:500].replace(" ", ""):
        return True
    names = f"{one.get('class', '')} {one.get('id', '')}"[:500].split()
    return any(_ASIDE.match(name) for name in names)


def _holds_story(one: html.HtmlElement, whole: int) -> bool:
    if one.xpath("boolean(.//h1)"):
        return True
    names = f"{one.get('class', '')} {one.get('id', '')}"
    return len(one.text_content()) > whole * 0.6 and "comment" not in names.casefold()


def _headline(tree: html.HtmlElement, site: Site | None) -> str:
    """Return the headline: the heading that the page's title repeats, else what its metadata says."""
    if site and not site.items and (own := first(tree, site.headline)):
        return _text(own[0])
    headings = [text for one in tree.xpath("//h1") if len(text := clean(one.text_content())) > 3]
    name = clean(_meta(tree, ("og:site_name",)))
    stated = clean(_meta(tree, ("og:title", "twitter:title")) or _structured(tree, "headline"))
    title = clean(" ".join(tree.xpath("//head/title/text()")))
    for heading in headings:
        if any(_same(heading, other) for other in (stated, title)):
            return heading
    if stated:
        return stated.removesuffix(name).rstrip(" |–—-·") if name and stated != name else stated
    if headings:
        return max(headings, key=len)
    return _SITE_NAME.sub("", title) or title


def _same(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return len(min(one, other, key=len)) > 10 and (one in other or other in one)


def _published(tree: html.HtmlElement, size: int) -> str | None:
    """Return the day that a page states for itself; dates in the running text are none."""
    stated = _meta(tree, _DATES) or _structured(tree, "datePublished")
    marked = tree.xpath("//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime")
    for text in (stated, *map(str, marked[:1])):
        if day := _day(text):
            return day
    if size > _DATED:
        return None
    from htmldate import find_date  # noqa: PLC0415

    found = find_date(copy.deepcopy(tree), extensive_search=False, original_date=True)
    return str(found) if found else None


def _day(text: str) -> str | None:
    """Return a day as YYYY-MM-DD.

    >>> _day("on Wednesday May 10, 2023 @10:43AM"), _day("2023-05-10T09:00:00Z"), _day("soon")
    ('2023-05-10', '2023-05-10', None)
    """
    for match in _DAY.finditer(text[:300]):
        if match["iso"]:
            return match["iso"]
        month = match["month"][:3].casefold()
        if month in _MONTHS:
            return f"{match['year']}-{_MONTHS.index(month) + 1:02}-{int(match['day']):02}"
    return None


def _meta(tree: html.HtmlElement, names: Iterable[str]) -> str:
    """Return the content of the first <meta> of these names that has any."""
    found: dict[str, str] = {}
    for one in tree.xpath("//meta[@content]"):
        name = one.get("property") or one.get("name") or one.get("http-equiv") or ""
        found.setdefault(name.casefold(), one.get("content").strip())
    return next((found[name] for name in names if found.get(name)), "")


def _structured(tree: html.HtmlElement, key: str) -> str:
    """Return a value of the page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        try:
            waiting = [json.loads((script.text or "")[:_DATED])]
        except (ValueError, RecursionError):
            continue
        while waiting:
            one = waiting.pop(0)
            if isinstance(one, dict):
                if isinstance(one.get(key), str):
                    return str(one[key])
                waiting += [value for value in one.values() if isinstance(value, dict | list)]
            elif isinstance(one, list):
                waiting += one[:50]
    return ""


def _language(tree: html.HtmlElement) -> str | None:
    lang = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang")
    return lang or _meta(tree, ("content-language", "og:locale", "language", "dc.language")) or None


def _address(tree: html.HtmlElement) -> str | None:
    links = [str(one).strip() for one in tree.xpath("//link[@rel='canonical']/@href")[:1]]
    for url in (*links, _meta(tree, ("og:url", "twitter:url"))):
        if url.startswith(("https://", "http://")) and len(url) < 2000 and not _ODD.search(url):
            return url
    return None


def _text(one: html.HtmlElement | str) -> str:
    return one if isinstance(one, str) else str(one.text_content())


def _width(text: str) -> int:
    return len(text) + sum(one > "\u1100" for one in text)
