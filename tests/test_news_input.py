"""Saved pages of every kind to the text of their stories, and pages made to break that."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders import build
from loaders.news import bounded, furniture, sites, warc
from loaders.news import page as news
from loaders.news.language import language_of
from loaders.news.page import Page
from loaders.source import Source
from ontology.records import Problem
from tests.conftest import FIXTURES

PAGES = FIXTURES / "news"
STORY = (
    "The Dutch authority has fined Sample Ltd 5 million euros for following visitors without consent, it said Monday."
)


def read(path: Path) -> tuple[list[Page], list[Problem]]:
    source = Source("news", path)
    return list(news.read(source)), source.problems


def one(path: Path) -> Page:
    (page,), problems = read(path)
    assert problems == []
    return page


def parts(page: Page) -> list[tuple[str, str]]:
    return [(block.role, page.text[block.start : block.end]) for block in page.blocks]


def saved(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_web_page_is_its_story_alone() -> None:
    page = one(PAGES / "press-2024-06-03.html")
    assert parts(page) == [
        ("headline", "Regulator fines Voorbeeld Shop over tracking"),
        ("paragraph", "The Dutch data protection authority has fined Voorbeeld Shop €1.2 million, it said on Monday."),
        ("paragraph", "The company used cookies & pixels “at scale”, the authority found. Its markup was heavy."),
        ("paragraph", "The decision lists what was breached:"),
        ("item", "consent was not asked for before cookies were set;"),
        ("item", "withdrawing it was made hard."),
        ("item", "Year | Fine"),
        ("item", "2022 | €600,000"),
        ("paragraph", "Voorbeeld Shop has lodged an objection against the decision, a spokesman said."),
    ]  # fmt: skip
    assert (page.key, str(page.published), page.language) == ("press-2024-06-03", "2024-06-02", "en")
    assert (page.url, page.voice) == ("https://paper.example/2024/06/shop-fined", None)


def test_plain_text_stays_as_it_is() -> None:
    path = PAGES / "wrapped.txt"
    page = one(path)
    assert page.text == path.read_text(encoding="utf-8")
    assert [(role, " ".join(text.split())[:60]) for role, text in parts(page)] == [
        ("headline", "Bank fined over voice recordings of customers"),
        ("paragraph", "The data protection authority of Hungary fined a bank 250 mi"),
        ("paragraph", "The bank had known for years that people were not told, the "),
    ]
    assert page.text[page.blocks[-1].end - 8 : page.blocks[-1].end] == "to stop."


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_kind(tmp_path: Path, end: str) -> None:
    page = one(saved(tmp_path, "a.txt", f"Sample Ltd fined over cookies{end}{end}{STORY}{end}"))
    assert parts(page) == [("headline", "Sample Ltd fined over cookies"), ("paragraph", STORY)]
    assert "\r" not in page.text


def test_lines_around_a_story_in_text(tmp_path: Path) -> None:
    lines = [
        "date 2023-05-31 Menu", "Log in", "Sample Ltd has to pay for following visitors (news.example) 12",
        "31 May 2023", "A visitor looks at a screen", "Picture: Agency", "", STORY, "", "• Sample Ltd - €5m fine",
        "2) Stop within 60 days",
        "Facebook fined too, the authority added on Monday.", "Read more: Other Firm fined 7 million",
        "This discussion has been archived. No new comments can be posted.", "Other Firm should be fined 900 million.",
    ]  # fmt: skip
    text = "\n".join(lines)
    page = one(saved(tmp_path, "a.txt", text))
    assert page.text == text
    assert page.headline == "Sample Ltd has to pay for following visitors"
    assert parts(page) == [
        ("headline", "Sample Ltd has to pay for following visitors"),
        ("caption", "A visitor looks at a screen"),
        ("caption", "Picture: Agency"),
        ("paragraph", STORY),
        ("item", "Sample Ltd - €5m fine"),
        ("item", "Stop within 60 days"),
        ("paragraph", "Facebook fined too, the authority added on Monday."),
    ]
    assert (str(page.published), page.key) == ("2023-05-31", "2023-05-31-a")


def test_a_text_without_a_headline(tmp_path: Path) -> None:
    page = one(saved(tmp_path, "a.txt", f"{STORY} More follows.\n{STORY}"))
    assert page.headline == STORY
    assert [role for role, _ in parts(page)] == ["paragraph", "paragraph"]


def test_a_list_without_a_paragraph(tmp_path: Path) -> None:
    page = one(saved(tmp_path, "a.txt", "The largest fines of the year\n\n1. Sample - €3m fine\n2. Other - €2m fine\n"))
    assert parts(page) == [
        ("headline", "The largest fines of the year"), ("item", "Sample - €3m fine"), ("item", "Other - €2m fine"),
    ]  # fmt: skip


def test_menus_tables_and_labels_in_text(tmp_path: Path) -> None:
    lines = [
        "Home | News | Sport", "1 2 3 ... next", "Cookies: Sample Ltd fined 5 million euros", STORY,
        "Who | How much | When", "Sample Ltd | €5m | 2024", "Contact | Imprint | RSS",
    ]  # fmt: skip
    page = one(saved(tmp_path, "a.txt", "\n\n".join([*lines[:4], "\n".join(lines[4:6]), STORY, lines[6]])))
    assert parts(page) == [
        ("headline", "Cookies: Sample Ltd fined 5 million euros"),
        ("paragraph", STORY),
        ("item", "Who | How much | When"),
        ("item", "Sample Ltd | €5m | 2024"),
        ("paragraph", STORY),
    ]


def test_markdown() -> None:
    page = one(PAGES / "story.md")
    assert parts(page) == [
        ("headline", "Το πρόστιμο της Αρχής"),
        ("paragraph", "Η Αρχή Προστασίας Δεδομένων επέβαλε πρόστιμο 50.000 ευρώ στην εταιρεία Παράδειγμα ΑΕ."),
        ("item", "Η εταιρεία δεν απάντησε & δεν διέγραψε τα δεδομένα."),
        ("item", "Έτος | Ποσό"),
        ("item", "2023 | 10.000 ευρώ"),
    ]  # fmt: skip
    assert (page.key, str(page.published), page.url) == (
        "2024-07-01-story",
        "2024-07-01",
        "https://nea.example/prostimo",
    )
    assert page.language == "el"


def test_rss_items_are_pages() -> None:
    pages, problems = read(PAGES / "feed.rss")
    assert problems == []
    assert [parts(page) for page in pages] == [
        [("headline", "La CNIL sanctionne Exemple & Fils"),
         ("paragraph", "La CNIL a infligé une amende de 50 000 euros à Exemple & Fils."),
         ("paragraph", "La société dispose de deux mois.")],
        [("headline", "La CNIL sanctionne Exemple & Fils"), ("paragraph", "Une autre décision.")],
        [("headline", "Titre seul")],
    ]  # fmt: skip
    assert [page.language for page in pages] == ["fr"] * 3
    assert [(str(page.published), page.url) for page in pages[:2]] == [
        ("2024-06-03", "https://nouvelles.example/1"), ("None", "https://nouvelles.example/2"),
    ]  # fmt: skip
    keys = [page.key for page in pages]
    assert len(set(keys)) == 3
    assert keys[0].startswith("feed-la-cnil-sanctionne-exemple-and-fil-")


def test_an_item_keeps_its_key_when_others_come(tmp_path: Path) -> None:
    text = (PAGES / "feed.rss").read_bytes()
    newer = text.replace(
        b"<item>", b"<item><title>La CNIL sanctionne Exemple &amp; Fils</title><guid>n-0</guid></item><item>", 1
    )
    before = {page.key for page in read(PAGES / "feed.rss")[0]}
    assert before < {page.key for page in read(saved(tmp_path, "feed.rss", newer))[0]}


def test_atom_and_rdf() -> None:
    (atom,), _ = read(PAGES / "feed.atom")
    assert parts(atom) == [
        ("headline", "Bußgeld gegen Muster GmbH"), ("paragraph", "Wir haben ein Bußgeld von 100.000 Euro verhängt."),
    ]  # fmt: skip
    assert (atom.language, atom.voice, str(atom.published)) == ("de", "de-bfdi", "2024-06-03")
    (rdf,), _ = read(PAGES / "feed.xml")
    assert rdf.headline == "Sample Ltd reprimanded"


def test_xml_that_is_no_feed_is_passed_over(tmp_path: Path) -> None:
    pages, problems = read(saved(tmp_path, "decision.xml", "<TEXTE><META/>Délibération</TEXTE>"))
    assert (pages, [(one.level, one.message) for one in problems]) == (
        [], [("skipped", "is no feed (RSS, Atom or RDF)")],
    )  # fmt: skip


def archive(*pages: tuple[str, bytes, str], packed: bool) -> bytes:
    """Return a web archive, record by record, each compressed by itself where it is packed."""
    out = b""
    for url, body, type_ in pages:
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {type_}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-06-03T09:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        out += gzip.compress(record) if packed else record
    return out


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive(tmp_path: Path, *, packed: bool) -> None:
    text = f"<html><body><h1>Sample Ltd fined</h1><p>{STORY}</p></body></html>".encode()
    raw = archive(
        ("https://ico.org.uk/news/1", text, "text/html; charset=utf-8"),
        ("https://news.example/2", text, "text/html"),
        ("https://news.example/3.png", b"\x89PNG", "image/png"),
        ("https://news.example/large", b"<html>" + b"x" * (news.LARGEST + 1), "text/html"),
        ("https://news.example/empty", b"<html><p>Enable JavaScript.</p></html>", "text/html"),
        packed=packed,
    )
    pages, problems = read(saved(tmp_path, "saved.warc.gz" if packed else "saved.warc", raw))
    assert [(page.url, page.voice, page.headline) for page in pages] == [
        ("https://ico.org.uk/news/1", "gb-ico", "Sample Ltd fined"),
        ("https://news.example/2", None, "Sample Ltd fined"),
    ]
    assert len({page.key for page in pages}) == 2
    assert all(page.key.startswith("saved-sample-ltd-fined-") for page in pages)
    assert [(one.level, one.record) for one in problems] == [
        ("error", "https://news.example/large"),
        ("notice", "saved.warc" if packed else "saved"),
    ]


def test_a_broken_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"<html><body><h1>Sample Ltd fined</h1><p>{STORY}</p></body></html>".encode()
    raw = archive(("https://news.example/1", text, "text/html"), packed=True)
    for content in (b"\x1f\x8bnothing", raw[:-40], b"", gzip.compress(b"WARC/1.0\r\n")):
        _, (problem,) = read(saved(tmp_path, "a.warc.gz", content))
        assert "a.warc.gz: " in problem.message
        assert problem.level == "error"
    monkeypatch.setattr(warc, "UNPACKED", 100)
    _, (problem,) = read(saved(tmp_path, "a.warc.gz", raw))
    assert "unpacks to more than" in problem.message


@pytest.mark.parametrize(
    ("name", "headline", "day", "voice", "texts"),
    [
        ("slashdot", "Sample Firm Fined Again For Ignoring Its Orders", "2023-05-10", None,
         ["Sample Firm, the start-up that", "The overdue penalty was issued"]),
        ("ftc", "FTC Orders Sample App to Delete Data", "2024-05-06", "us-ftc",
         ["The Federal Trade Commission t", "“We will not let firms keep wh"]),
        ("cnil", "Cookies : sanction de 100 000 euros", "2024-02-08", "fr-cnil", ["La formation restreinte de la "]),
        ("ico", "Retailer reprimanded for lost records", "2024-03-12", "gb-ico", ["We have reprimanded Sample Sto"]),
        ("garante", "Rider: il Garante sanziona Consegne Esempio", "None", "it-garante", ["Il Garante per la "]),
    ],
)  # fmt: skip
def test_known_sites(name: str, headline: str, day: str, voice: str | None, texts: list[str]) -> None:
    page = one(PAGES / f"{name}.html")
    assert (page.headline, str(page.published), page.voice) == (headline, day, voice)
    told = [text for role, text in parts(page) if role != "headline"]
    assert [text[: len(begin)] for text, begin in zip(told, texts, strict=True)] == texts


def test_a_sheet_of_national_news_is_several_pages() -> None:
    pages, problems = read(PAGES / "edpb.html")
    assert problems == []
    assert [(page.headline, str(page.published), page.voice, len(page.blocks)) for page in pages] == [
        ("Italy: Supervisory authority fines a bank", "2024-05-06", "eu-edpb", 2),
        ("Poland: a reprimand for a hospital", "2024-04-02", "eu-edpb", 2),
    ]
    assert len({page.key for page in pages}) == 2


def test_shared_domains_speak_for_nobody() -> None:
    registry = Source("news", Path("x")).registry
    assert sites.voice_of("https://www.argentina.gob.ar/aaip/noticias/1", registry) == "ar-aaip"
    assert sites.voice_of("https://www.argentina.gob.ar/salud", registry) is None
    assert sites.voice_of("https://evilftc.gov.example/x", registry) is None
    assert sites.voice_of("http://[", registry) is None


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        ("Il Garante per la protezione dei dati personali ha sanzionato la società", None, "it"),
        ("De Autoriteit Persoonsgegevens heeft een boete opgelegd aan een bedrijf", None, "nl"),
        ("A hatóság bírságot szabott ki a bankra az adatkezelés miatt", None, "hu"),
        ("개인정보보호위원회는 과징금을 부과했다", None, "ko"),
        ("個人情報保護委員会", "ja", "ja"),
        ("Fine", "zz", "zz"),
        ("Fine", None, "en"),
        (
            "Die Behörde hat gegen das Unternehmen ein Bußgeld verhängt, weil es Daten ohne Einwilligung nutzte. " * 5,
            "en-US",
            "de",
        ),
    ],
)
def test_languages(text: str, stated: str | None, language: str) -> None:
    assert language_of(text, stated) == language


def test_encodings(tmp_path: Path) -> None:
    markup = f"<html><head><meta charset=%s></head><body><h1>Úřad pokutoval firmu</h1><p>{STORY}</p></body></html>"
    assert (
        one(saved(tmp_path, "a.html", (markup % "iso-8859-2").encode("iso-8859-2"))).headline == "Úřad pokutoval firmu"
    )
    assert one(saved(tmp_path, "b.html", (markup % "x").encode("utf-16"))).headline == "Úřad pokutoval firmu"
    text = f"Úřad pokutoval firmu Vzor\n\n{STORY}"
    assert one(saved(tmp_path, "a.txt", text.encode("utf-16"))).headline == "Úřad pokutoval firmu Vzor"
    _, (problem,) = read(saved(tmp_path, "b.txt", text.encode("iso-8859-2")))
    assert "b.txt:1: not UTF-8 text; save the file as UTF-8" in problem.message


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.html", "<html><body><nav>Home</nav></body></html>", "no article found"),
        ("a.html", "", "no article found"),
        ("a.txt", "Home\nMenu\n", "no article found"),
        ("a.txt", "a\0b" + STORY, "NUL"),
        ("a.md", "---\ntitle: x\n---\n", "no article found"),
        ("a.rss", "<rss version='2.0'><channel><title>x</title></channel></rss>", "the feed has no items"),
        ("a.warc", "WARC", "archive"),
        (
            "a.html",
            "<html><p>" + "x" * news.LARGEST,
            "2.0 MiB, more than a page may have (2 MiB): save the story alone",
        ),
        ("a.txt", "x" * (3 << 20), "3.0 MiB, more than a page may have"),
        (
            "a.html",
            f"<meta name=date content=2099-01-01><h1>A fine of millions</h1><p>{STORY}</p>",
            "dated 2099-01-01, after",
        ),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: str, words: str) -> None:
    pages, (problem,) = read(saved(tmp_path, name, content))
    assert pages == []
    assert (problem.level, problem.source, problem.record) == ("error", "news", "a")
    assert name in problem.message
    assert words in problem.message


def test_a_wrong_date_is_left_out(tmp_path: Path) -> None:
    (page,), (problem,) = read(
        saved(tmp_path, "a.md", f"---\ndate: 2024-02-30\n---\n# A fine of millions\n\n{STORY}\n")
    )
    assert (page.published, problem.level, problem.field) == (None, "notice", "date")


def hostile() -> Iterator[tuple[str, str]]:
    """Yield pages of nearly two MiB that are made to hang or break a parser."""
    story = f"<h1>A title of a page</h1><p>{STORY}</p>"
    for name, start, unit in (
        ("nested", story, "<div>"),
        ("brackets", story, "<"),
        ("attribute", f"{story}<p class='", "a "),
        ("entities", f"{story}<p>", "&amp;lt;"),
        ("misnested", story, "<a><b></a></b>"),
        ("paragraphs", story, "<p>a b. </p>"),
        ("breaks", f"{story}<p>", "x<br>"),
        ("json", f"{story}<script type='application/ld+json'>", "["),
    ):
        yield name, f"<html><body>{start}{unit * (2_000_000 // len(unit))}"


@pytest.mark.parametrize(("name", "markup"), list(hostile()), ids=[name for name, _ in hostile()])
def test_hostile_pages_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, markup: str) -> None:
    with monkeypatch.context() as context:
        context.setattr(bounded.drafts, "__defaults__", (None, 1.0))
        pages, problems = read(saved(tmp_path, f"{name}.html", markup))
    assert len(pages) + len(problems) == 1
    assert not problems or "given up after 1 s" in problems[0].message
    assert (
        one(saved(tmp_path, "next.html", f"<html><body><h1>A title here</h1><p>{STORY}</p>")).headline == "A title here"
    )


@pytest.mark.parametrize(
    "unit", ["a\n", "a ", "(", "- a\n", "2023-", "漢字が。", "Photo: x\n", "1. ", "\r", "comments\n"]
)
def test_hostile_texts_end(tmp_path: Path, unit: str) -> None:
    pages, problems = read(saved(tmp_path, "a.txt", (unit * (2 << 20))[: 2_000_000 // len(unit.encode()) * len(unit)]))
    assert len(pages) + len(problems) == 1


def test_a_worker_that_dies_is_one_fault() -> None:
    page = f"<html><body><h1>A title here</h1><p>{STORY}</p>".encode()
    assert bounded.drafts("html", page)
    assert bounded._worker is not None
    bounded._worker._process.kill()
    bounded._worker._process.join()
    with pytest.raises(bounded.PageFaultError, match="save its text"):
        bounded.drafts("html", page)
    assert bounded.drafts("html", page)
    with pytest.raises(bounded.PageFaultError, match="given up after 0 s"):
        bounded.drafts("html", page, None, 0.0)
    assert bounded.drafts("html", page)


def test_the_folder_of_pages(tmp_path: Path) -> None:
    for name in ("a.html", "b.TXT", "c.warc.gz", "d.gz", "e.json", "f.markdown", "g.atom"):
        saved(tmp_path, name, "x")
    found = [path.name for path in build.files_of("news", tmp_path)]
    assert found == ["a.html", "b.TXT", "c.warc.gz", "f.markdown", "g.atom"]
    assert [build.guess(Path(name)) for name in ("a.xml", "a.rss", "a.warc.gz", "a.ttl")] == [
        "xml",
        "news",
        "news",
        "ttl",
    ]


def test_every_lexicon_has_furniture_that_compiles() -> None:
    assert furniture.Lexicon().is_end("Related articles")
    assert not furniture.Lexicon().is_line("The company was fined.")
