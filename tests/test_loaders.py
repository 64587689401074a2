"""Loaders: golden files, then sources broken on purpose."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import triples
from loaders.curated import reader as curated_reader
from loaders.news import reader as news_reader
from loaders.news.money import amounts
from loaders.resolve import verdicts
from loaders.resolve.clusters import resolve
from loaders.source import Source, SourceError
from ontology.identifiers import PATTERN, IdentifierError, iri, slug
from ontology.records import Act, Claim
from ontology.registry import registry
from tests.conftest import FIXTURES, REAL
from tests.loading import acts_of, golden, lines, read


def test_cms_golden() -> None:
    loaded = read("cms", FIXTURES / "cms.json")
    assert len(loaded.acts) == 8
    golden("cms.nq", lines(loaded))


def test_cms_home_page_golden() -> None:
    loaded = read("cms", FIXTURES / "cms-home.html")
    assert [str(act.decided) for act in loaded.acts] == ["2026-08-21", "2025", "None"]
    golden("cms-home.nq", lines(loaded))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"e": 9101,', "", "is no ETid"),
        ('"C": "Netherlands"', '"C": "Atlantis"', "source.toml does not know"),
        ('"f": 8000000', '"f": "a lot"', "neither digits"),
        ('"d": "2026-08-21"', '"d": "21.8.2026"', "is not a date"),
        ('"y": 2026', '"z": 1', "fields nobody reads: z"),
        ('"p": "Voorbeeld Vervoer B.V.",', "", "has no field 'respondent'"),
    ],
)
def test_cms_home_page_names_case_and_cure(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = (FIXTURES / "cms-home.html").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "home.html"
    path.write_text(text.replace(old, new), encoding="utf-8")
    source = Source("cms", path)
    assert len(acts_of("cms", source)) == 2
    (problem,) = (one for one in source.problems if one.level == "error")
    assert "home.html: case 1" in problem.place
    assert words in problem.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<p>et-cases</p>", "has no <script"),
        ('<script id="et-cases">[{"e": 1</script>', "broken JSON"),
        ('<script id="et-cases">{"e": 1}</script>', "has no <script"),
        ('<script id="et-cases">[1]</script>', "no table of values"),
        ('{"data": 5}', "no tracker dump"),
    ],
)
def test_cms_refuses_what_is_no_dump(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "dump.html"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=words):
        acts_of("cms", path)


@pytest.mark.parametrize("suffix", ["html", "txt"])
def test_news_golden(suffix: str) -> None:
    story = read("news", FIXTURES / f"story-2023-05-10.{suffix}").stories[0]
    found = list(triples.story(story, registry(), iri("graph", story.document.name)))
    golden(f"news-{suffix}.nq", found)


def claims(path: Path) -> tuple[Claim, ...]:
    return read("news", path).stories[0].claims


@pytest.mark.parametrize("path", [FIXTURES / "story-2023-05-10.html", FIXTURES / "story-2023-05-10.txt"])
def test_the_story_makes_its_claims_and_its_comments_none(path: Path) -> None:
    check_story(claims(path))


@pytest.mark.data
def test_the_founding_page() -> None:
    path = REAL / "news" / "slashdot-2023-05-10-clearview.txt"
    if not path.exists():
        pytest.skip("the real data sets are not beside the checkout")
    check_story(claims(path))


def check_story(found: tuple[Claim, ...]) -> None:
    assert {one.about for one in found} == {"clearview-ai"}
    money = [one for one in found if one.scope == "single-measure"]
    assert [(one.authority, one.kind, one.least, one.most, one.currency, str(one.since)) for one in money] == [
        ("fr-cnil", "periodic-penalty-payment", Decimal(5_650_000), Decimal(5_750_000), "USD", "2023"),
        ("fr-cnil", "administrative-fine", Decimal(21_500_000), Decimal(22_500_000), "USD", "2022"),
    ]
    findings = {one.authority for one in found if one.scope == "finding"}
    assert findings == {"fr-cnil", "gb-ico", "it-garante", "gr-hdpa"}
    totals = [one for one in found if one.scope == "total"]
    assert [(one.least, one.most, one.currency) for one in totals] == [(Decimal(20_000_000), Decimal(99_999_999), None)]
    assert {one.law for one in found} == {"eu_gdpr"}


def test_the_quote_stands_where_it_says() -> None:
    from loaders.news.page import read  # noqa: PLC0415

    source = Source("news", FIXTURES / "story-2023-05-10.html")
    (page,) = read(source)
    for claim in news_reader.claims(page, registry()):
        assert page.text[claim.start : claim.end] == claim.text


def broken(tmp_path: Path, change: object) -> Source:
    data = json.loads((FIXTURES / "cms.json").read_text(encoding="utf-8"))
    change(data)  # type: ignore[operator]
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return Source("cms", path)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (4, "2036-01-01", "after"),
        (4, "2024-02-30", "no day"),
        (4, "soon", "not a date"),
        (5, "many", "neither digits nor words"),
        (3, "Ministry of Truth", "add the spelling to authority_names.csv"),
        (2, "<br />ATLANTIS", "source.toml does not know"),
        (7, "Space", "source.toml does not know"),
        (1, "no key", "no ETid"),
    ],
)
def test_cms_names_row_and_cure(tmp_path: Path, column: int, value: str, words: str) -> None:
    def change(data: dict[str, list[list[str]]]) -> None:
        data["data"][2][column] = value

    source = broken(tmp_path, change)
    assert len(acts_of("cms", source)) == 7
    (problem,) = (one for one in source.problems if one.level == "error")
    assert "broken.json: row 3" in problem.place
    assert words in problem.message


def test_cms_wrong_column_count(tmp_path: Path) -> None:
    source = broken(tmp_path, lambda data: data["data"][4].pop())
    with pytest.raises(SourceError, match=r"row 5 has 12 cells, expected 13"):
        acts_of("cms", source)


def test_truncated_json_names_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_text((FIXTURES / "cms.json").read_text(encoding="utf-8")[:700], encoding="utf-8")
    with pytest.raises(SourceError, match=r"cut\.json:\d+:\d+: broken JSON .* fetch it again"):
        acts_of("cms", path)


def test_a_page_without_an_article(tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>", encoding="utf-8")
    loaded = read("news", path)
    assert (loaded.stories, [one.level for one in loaded.problems]) == ([], ["error"])
    assert "empty.html: no article found" in loaded.problems[0].message


def every_curated() -> list[Act]:
    return [act for path in sorted(curated_reader.CASES.glob("*.yaml")) for act in acts_of("curated", path)]


def resolved(acts: list[Act]) -> list[Act]:
    return resolve(acts, registry(), verdicts.read([Source("same", verdicts.OURS)]))[0]


def test_a_tracker_row_and_a_fact_sheet_become_one() -> None:
    acts = resolved([*every_curated(), *acts_of("cms", FIXTURES / "cms.json")])
    tracker = {act.document.key: act for act in acts if act.document.source == "cms"}
    assert tracker["etid-9001"].id == "fr-cnil_san-2022-019"
    assert tracker["etid-9002"].id == "fr-cnil_san-2023-005"
    assert tracker["etid-9003"].id == "hu-naih_naih-85-3-2022"
    assert tracker["etid-9008"].id == "it-garante_9751362"
    assert tracker["etid-9004"].id == "es-aepd_etid-9004"
    assert tracker["etid-9001"].replaces == ("fr-cnil_etid-9001",)
    assert [one.number for one in tracker["etid-9002"].measures] == [1]


def test_natural_persons_and_descriptions_get_no_node() -> None:
    acts = {act.document.key: act for act in acts_of("cms", FIXTURES / "cms.json")}
    (person,) = acts["etid-9005"].respondents
    assert (person.kind, person.org, person.name) == ("natural-person", None, "natural person")
    (place,) = acts["etid-9004"].respondents
    assert (place.kind, place.org) == ("undisclosed", None)
    both = acts["etid-9006"]
    assert [one.org for one in both.respondents] == ["beispiel-post-bv", "beispiel-holding-nv"]
    assert both.measures[0].target is None


@pytest.mark.data
def test_all_real_tracker_rows() -> None:
    path = REAL / "cms_enforcement_tracker" / "data4_2024-03-07.json"
    if not path.exists():
        pytest.skip("the real data sets are not beside the checkout")
    source = Source("cms", path)
    acts = resolved([*every_curated(), *acts_of("cms", source)])
    assert [one for one in source.problems if one.level == "error"] == []
    tracker = {act.document.key: act for act in acts if act.document.source == "cms"}
    assert len(tracker) == 2225
    assert tracker["etid-1448"].id == "fr-cnil_san-2022-019"
    assert tracker["etid-1839"].id == "fr-cnil_san-2023-005"
    assert tracker["etid-1190"].id == "gb-ico_2022-05-18-clearview-ai"
    assert tracker["etid-777"].id == "es-aepd_ps-00120-2021"
    assert tracker["etid-1035"].id == "de-hh_etid-1035"


@given(st.text())
def test_a_slug_is_a_local_name_and_stays_one(text: str) -> None:
    try:
        name = slug(text)
    except IdentifierError:
        return
    assert PATTERN.fullmatch(name)
    assert slug(name) == name


@given(st.text())
def test_amounts_stand_where_they_say(text: str) -> None:
    for one in amounts(text):
        assert text[one.start : one.end] == one.words
        assert 0 <= one.least <= one.most


@pytest.mark.parametrize(
    ("cell", "country", "provisions"),
    [
        (
            "Art. 2-ter (1), (3) Codice della privacy", 6,
            ("it_codice-privacy_art-2-ter_par-1", "it_codice-privacy_art-2-ter_par-3"),
        ),
        ("Art. 5 (1) a) GDPR, Art. 48 (1) b) LGT", 3, ("eu_gdpr_art-5_par-1_pnt-a", "es_lgt-2014_art-48_par-1_pnt-b")),
        ("Art. 2-sexties Codice della privacy", 6, ()),
        ("Art. 32 (1) e) GDPR", 6, ()),
        ("Art. 12 Law of the Land", 6, ()),
    ],
)  # fmt: skip
def test_cms_reads_provisions_of_national_laws(
    tmp_path: Path, cell: str, country: int, provisions: tuple[str, ...]
) -> None:
    flags = {3: "SPAIN", 6: "ITALY"}

    def change(data: dict[str, list[list[str]]]) -> None:
        data["data"][2][2] = f"<br />{flags[country]}"
        data["data"][2][3] = {3: "AEPD", 6: "Garante"}[country]
        data["data"][2][8] = cell

    source = broken(tmp_path, change)
    acts = [act for act in acts_of("cms", source) if act.document.place.startswith("row 3")]
    assert [act.provisions for act in acts] == [provisions]
    assert acts[0].provisions_text == cell
    notices = [one for one in source.problems if "row 3" in one.place]
    assert bool(notices) == (not provisions)
