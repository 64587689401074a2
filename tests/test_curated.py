"""The curated set: its form, its faults, its layout, and what it holds."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml

from graph import cli
from loaders import build
from loaders.curated import reader, schema
from loaders.curated.command import files
from loaders.curated.layout import laid_out
from loaders.curated.lined import parse
from loaders.press import reader as press
from loaders.source import Source, SourceError
from ontology.records import Act
from ontology.registry import registry
from ontology.terms import PREFIXES
from tests.conftest import FIXTURES, REAL
from tests.loading import acts_of, golden, lines, read

ONE = FIXTURES / "curated.yaml"
TEXT = ONE.read_text(encoding="utf-8")


def test_golden() -> None:
    golden("curated.nq", lines(read("curated", ONE)))


def test_a_file_has_the_facts_of_its_acts() -> None:
    fine, penalty, ruling = acts_of("curated", ONE)
    assert [(one.org, one.role) for one in fine.respondents] == [("clearview-ai", "controller")]
    assert [one.role for one in penalty.respondents] == [None]
    assert fine.measures[0].payment is not None
    assert (fine.measures[0].payment[0], str(fine.measures[0].payment[1])) == ("unpaid", "2023-05-10")
    assert [act.document.review for act in (fine, penalty, ruling)] == ["reviewed", "machine", "unverified"]
    assert fine.document.more_urls == ("https://register.example/1",)
    assert (ruling.docket, str(ruling.decided)) == ("000001", "2024")
    assert fine.case is not None
    assert fine.case.technologies == ("facial-recognition", "scraping")


def test_what_nothing_confirms_stays_out_of_the_consolidated_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "fr.yaml").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(reader, "CASES", folder)
    monkeypatch.setattr(press, "ITEMS", tmp_path)  # these name measures of the whole set
    store = build.build(tmp_path / "store").open()
    assert not store.query("ASK { rul:fr-ce_000001 ?p ?o }", prefixes=PREFIXES)
    assert store.query("ASK { GRAPH g:doc_curated_fr-ce_000001 { rul:fr-ce_000001 ?p ?o } }", prefixes=PREFIXES)
    status = "mea:fr-cnil_san-2022-019_1 fg:measureStatus st:in-force ; fg:paymentStatus st:unpaid"
    assert store.query(f"ASK {{ {status} }}", prefixes=PREFIXES)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("currency: EUR", "currency: XXX", 30, "'XXX' is not one of"),
        ("decided: 2022-10-17", "decided: 2036-10-17", 18, "lies after"),
        ("decided: 2022-10-17", "decided: 17.10.2022", 23, "'17.10.2022' is not a day, month or year"),
        ("kind: data-deletion", "kind: frown", 35, "'frown' is not one of"),
        ("docket: SAN-2022-019", "dokket: SAN-2022-019", 18, "'dokket' was unexpected"),
        ("eu_gdpr: [6, 12, 15, 17, 31]", "eu_gdpr: [131]", 18, "no article 131"),
        ("role: controller", "role: villain", 9, "'villain' is not one of"),
        ("    - id: clearview-ai", "    - id: nobody-at-all", 2, "no organisation of organisations.csv"),
        ("authority: fr-cnil", "authority: fr-cnyl", 2, "no authority of authorities.csv"),
        ("[clearview-face-search]", "[clearview-nose-search]", 2, "no system of systems.csv"),
        (
            "          currency: EUR\n          payment",
            "          payment",
            18,
            "an amount and its currency go together",
        ),
        ("        en: The company was fined and told to delete the data.\n", "        en: ''\n", 43, "'' is not"),
        ("technologies: [facial-recognition, scraping]", "technologies: [faces]", 11, "'faces' is not one of"),
    ],
)
def test_a_fault_names_line_and_cure(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in TEXT
    path = tmp_path / "fr.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    source = Source("curated", path)
    acts_of("curated", source)
    assert [one.level for one in source.problems][:1] == ["error"]
    found = [f"{one.place}: {one.message}" for one in source.problems]
    assert any(f"fr.yaml:{line}: fr-cnil_" in one and words in one for one in found), found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- id: [", r"fr\.yaml:\d+:\d+: broken YAML"),
        ("- id: a\n  id: b\n", r"fr\.yaml:2: 'id' stands twice"),
        ("id: a\n", r"fr\.yaml: holds no list of cases"),
        ("", r"fr\.yaml: holds no list of cases"),
    ],
)
def test_what_is_no_case_file_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "fr.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=words):
        acts_of("curated", path)


def test_scalars_stay_as_written(tmp_path: Path) -> None:
    """YAML 1.1 would read a docket 010 as 8, NO as false and a day as a date."""
    path = tmp_path / "fr.yaml"
    path.write_text(TEXT.replace("docket: SAN-2022-019", "docket: 010"), encoding="utf-8")
    assert acts_of("curated", path)[0].docket == "010"


# -- layout --------------------------------------------------------------------------------------------------------


def test_laying_out_orders_keys_and_keeps_comments_and_content() -> None:
    untidy = TEXT.replace("  authority: fr-cnil\n", "").replace(
        "  status: closed", "  authority: fr-cnil\n  status: closed"
    )
    untidy = untidy.replace("[facial-recognition, scraping]", '\n    - "facial-recognition"\n    - scraping')
    assert untidy != TEXT
    assert laid_out(untidy) == laid_out(TEXT)
    assert "# the role is that of the first act" in laid_out(TEXT)
    assert yaml.load(laid_out(untidy), yaml.BaseLoader) == yaml.load(untidy, yaml.BaseLoader)  # noqa: S506 - text only


def test_laying_out_twice_changes_nothing() -> None:
    assert laid_out(laid_out(TEXT)) == laid_out(TEXT)


def test_format_lays_out_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fr.yaml"
    path.write_text(TEXT.replace("grace: P2M", "grace:   P2M"), encoding="utf-8")
    assert cli.main(["format", "--check", str(path)]) == 1
    assert "is not laid out; run `finegraph format" in capsys.readouterr().err
    assert cli.main(["format", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == laid_out(TEXT)
    assert cli.main(["format", "--check", str(path)]) == 0


def test_format_leaves_a_file_at_fault_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fr.yaml"
    text = TEXT.replace("grace: P2M", "grace:   2M")
    path.write_text(text, encoding="utf-8")
    assert cli.main(["format", str(path)]) == 1
    assert re.search(r"fr\.yaml:\d+: fr-cnil_san-2022-019: '2M' is not the time to comply", capsys.readouterr().err)
    assert path.read_text(encoding="utf-8") == text


def test_validate_reads_case_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fr.yaml"
    path.write_text(TEXT, encoding="utf-8")
    assert cli.main(["validate", str(path)]) == 0
    path.write_text(TEXT.replace("docket:", "dokket:"), encoding="utf-8")
    assert cli.main(["validate", str(path)]) == 1
    assert "fr.yaml:18: fr-cnil_san-2022-019: " in capsys.readouterr().err


# -- the set itself ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def acts() -> list[Act]:
    return [act for path in files() for act in acts_of("curated", path)]


def test_the_schema_for_editors_is_the_schema() -> None:
    assert schema.FILE.read_text(encoding="utf-8") == schema.written(), "run python -m loaders.curated.schema"
    jsonschema.Draft202012Validator.check_schema(json.loads(schema.written()))


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_a_case_file_is_whole_and_laid_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert laid_out(text) == text, f"run finegraph format {path}"
    assert text.startswith("# yaml-language-server: $schema=../schema.json\n")
    loaded = read("curated", path)
    assert loaded.problems == []
    for act in loaded.acts:
        case = act.case
        assert case is not None
        authority = registry().authorities[case.authority]
        country = (authority.jurisdiction or "").lower()  # a federal court's case may stand in a state's file
        assert path.stem.partition("-")[0] == country, f"{case.id} belongs in {country}.yaml"


def test_ids_are_unique_and_references_meet(acts: list[Act]) -> None:
    ids = Counter(act.id for act in acts)
    assert [name for name, count in ids.items() if count > 1] == []
    cases = Counter(act.case.id for act in acts if act.case and act.case.respondents)
    assert [name for name, count in cases.items() if count > 1] == []
    for act in acts:
        for other in (act.follows, act.reviews):
            assert other is None or other.removeprefix("ruling:") in ids, f"{act.id} names {other}"
        for measure in act.measures:
            assert measure.liquidates is None or measure.liquidates.rpartition("_")[0] in ids, act.id


def test_a_ruling_says_its_court_and_an_official_act_has_an_official_source(acts: list[Act]) -> None:
    unofficial = ("gdprhub.eu", "noyb.eu", "enforcementtracker.com", "wikipedia.org", "aiaaic.org", "agendadigitale.eu")
    for act in acts:
        assert act.document.url is not None
        if act.document.tier == "official":
            assert not any(host in act.document.url for host in unofficial), act.id
        if act.type == "ruling":
            assert registry().authorities[act.authority].type == "court", act.id


_RUN = 9  # words in a row that two writers do not share by chance
_WORD = re.compile(r"[^\W\d_]+")


def runs(text: str) -> Iterator[str]:
    """Yield each run of words of a text, without numbers: lists of articles are facts."""
    words = _WORD.findall(text.casefold())
    yield from (" ".join(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1))


def own_words() -> dict[str, str]:
    """Return the runs of words of every summary and note, with the act; names of laws are left out."""
    names = {one.text for law in registry().laws.values() for one in law.spellings if " " in one.text}
    named = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))), re.IGNORECASE)
    found: dict[str, str] = {}
    for path in files():
        for act in (act for case in parse(Source("curated", path)).value for act in case["acts"]):
            texts = [*act["summary"].values()]
            texts += [text for one in act.get("measures", ()) for text in one.get("note", {}).values()]
            for part in (part for text in texts for part in named.split(text)):
                found |= dict.fromkeys(runs(part), act["id"])
    return found


@pytest.mark.data
def test_no_text_repeats_that_of_a_source() -> None:
    own = own_words()
    patterns = ("gdprhub/*.jsonl", "gdprhub/html_sample/*.html", "cms*/*.json", "national_dpa/*.jsonl",
                "ai_incident_law/data.json", "aiaaic/*.csv", "aiid/*.csv", "gwu*/*.csv")  # fmt: skip
    sources = [path for pattern in patterns for path in REAL.glob(pattern)]
    assert len(sources) > 90
    for path in sources:
        text = path.read_text(encoding="utf-8", errors="replace")
        text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text).replace("\\n", " ")
        copied = {own[run]: run for run in runs(text) if run in own}
        assert copied == {}, path
