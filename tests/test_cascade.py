"""Events of the Capture Cascade Timeline."""

from decimal import Decimal
from pathlib import Path

import pytest

from loaders.cascade.event import read as read_event
from loaders.cascade.people import People
from loaders.formats import formats
from loaders.source import Source, SourceError
from ontology.records import Loaded
from tests.conftest import FIXTURES, REAL
from tests.loading import golden, lines, read

FOLDER = FIXTURES / "cascade"
FINE = FOLDER / "2022-10-20--france-fines-clearview.md"
LIBRARY = FOLDER / "2023-01-02--a-library-opens.md"


def changed(tmp_path: Path, old: str, new: str) -> Source:
    text = FINE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "event.md"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Source("cascade", path)


def people(*actors: str) -> People:
    source = Source("cascade", FINE)
    source.config = formats()["cascade"].settings
    return People(source, actors)


def test_golden() -> None:
    loaded = Loaded()
    for path in (FINE, LIBRARY):
        loaded.extend(read("cascade", path))
    golden("cascade.nq", lines(loaded))


def test_claims_come_from_paragraphs_and_lists_alone() -> None:
    (story,) = read("cascade", FINE).stories
    assert [(one.scope, one.about, one.authority, one.currency) for one in story.claims] == [
        ("single-measure", "clearview-ai", "fr-cnil", "EUR"),
        ("finding", "clearview-ai", "fr-cnil", None),
    ]
    assert [one.number for one in story.claims] == [1, 2]
    assert not [one for one in story.claims if any(sign in one.text for sign in "*[]<#")]
    assert str(story.published) == "2022-10-20"


def test_the_quote_stands_where_it_says() -> None:
    (story,) = read("cascade", FINE).stories
    text = "\n\n".join([story.headline, *read_event(Source("cascade", FINE)).paragraphs])
    for claim in story.claims:
        assert text[claim.start : claim.end] == claim.text


def test_no_person_reaches_the_graph() -> None:
    loaded = read("cascade", FINE)
    (story,) = loaded.stories
    assert story.headline == "France Fines Clearview AI, […] Says"
    assert story.document.key == "2022-10-20-france-fines-clearview"
    assert (story.document.url, story.document.more_urls) == (
        "https://data.example/cnil-fines-clearview",
        ("https://data.example/second",),
    )
    found = "".join(lines(loaded)).casefold()
    assert "zyxmira" not in found
    assert "quellenbrandt" not in found
    notices = [one.message for one in loaded.problems]
    assert notices == [
        "sources: 'not an address' is no address; left out",
        "1 claims left out: their words name a person",
    ]


@pytest.mark.parametrize(
    ("actor", "text", "named"),
    [
        ("Senator Zyxmira Q. Quellenbrandt", "said Quellenbrandt's office", True),
        ("Ana de la Prueba (Example Bar)", "Ana de la Prueba sued", True),
        ("Zyxmira Quellenbrandt", "the Quellenbrandtian view", False),
        ("Clearview AI", "Clearview AI was fined", False),
        ("United Kingdom", "the United Kingdom", False),
        ("Example Research Institute", "the Example Research Institute", False),
        ("Example & Sons", "Example & Sons", False),
        ("NYPD", "the NYPD", False),
    ],
)
def test_who_is_a_person(actor: str, text: str, named: bool) -> None:  # noqa: FBT001
    assert people(actor).named_in(text) is named


def test_an_event_without_a_claim_stays_a_story() -> None:
    loaded = read("cascade", LIBRARY)
    (story,) = loaded.stories
    assert story.claims == ()
    assert [one.message for one in loaded.problems] == ["no claim about a known company found"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("tags:\n- gdpr", "tags: [gdpr", "line 7: broken YAML"),
        ("title: France Fines", "title: a: b: France Fines", "line 4: broken YAML"),
        ("title: France Fines", "titel: France Fines", "title: must be a text; it is missing"),
        ("actors:\n", "actors: CNIL\nwho:\n", "actors: must be a list of texts"),
        ("- CNIL\n", "- {name: CNIL}\n", "actors: must be a list of texts"),
        ("- url: not an address", "- https://data.example", "sources: must be a list of tables"),
    ],
)
def test_a_broken_event_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    loaded = read("cascade", changed(tmp_path, old, new))
    assert loaded.stories == []
    (problem,) = (one for one in loaded.problems if one.level == "error")
    assert problem.place.endswith("event.md")
    assert words in problem.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("'2022-10-20'", "'2036-10-20'", "date '2036-10-20': lies after"),
        ("'2022-10-20'", "yesterday", "date 'yesterday': no date that we can read"),
        ("importance: 7", "weight: 7", "weight: a field that nobody reads"),
    ],
)
def test_a_doubtful_value_is_reported(tmp_path: Path, old: str, new: str, words: str) -> None:
    loaded = read("cascade", changed(tmp_path, old, new))
    assert len(loaded.stories) == 1
    assert [one for one in loaded.problems if words in one.message]


def test_lines_may_end_as_windows_ends_them(tmp_path: Path) -> None:
    path = tmp_path / FINE.name
    path.write_bytes(FINE.read_bytes().replace(b"\n", b"\r\n"))
    assert read("cascade", path).stories[0].claims == read("cascade", FINE).stories[0].claims


@pytest.mark.parametrize("content", ["# A title\n\nNo front matter.", "---\ntitle: x\n", ""])
def test_what_is_no_event_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "README.md"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"README\.md: no event: expected front matter"):
        read("cascade", path)


def test_front_matter_that_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text("---\n- a\n---\ntext\n", encoding="utf-8")
    (problem,) = read("cascade", path).problems
    assert "is no table" in problem.message


@pytest.mark.data
def test_the_real_events() -> None:
    folder = REAL / "news" / "capture_cascade_events"
    if not folder.exists():
        pytest.skip("the real data sets are not beside the checkout")
    loaded = Loaded()
    for path in sorted(folder.glob("*.md")):
        loaded.extend(read("cascade", path))
    assert (len(loaded.stories), [one for one in loaded.problems if one.level == "error"]) == (22, [])
    claims = {story.document.key[:10]: story.claims for story in loaded.stories}
    first = claims["2022-05-24"][0]
    assert (first.authority, first.least, first.currency) == ("gb-ico", Decimal(7_450_000), "GBP")
    found = "".join(lines(loaded))
    for name in ("Zuckerberg", "zuckerber", "Ton-That", "ton-that", "Seeborg", "Wylie"):
        assert name not in found
