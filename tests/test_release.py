"""Releases: what is in them, that they are whole, and that nothing takes the current one away."""

import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.release import Release, ReleaseError, current
from loaders import build
from loaders.build import BuildError
from loaders.curated import reader as curated
from loaders.press import reader as press
from loaders.source import SourceError
from ontology.terms import PREFIXES
from tests.conftest import FIXTURES

Row = dict[str, str]


def select(release: Release, query: str) -> list[Row]:
    answer = release.open().query(query, prefixes=PREFIXES)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [{n: str(getattr(row[n], "value", "")).rpartition("/")[2] for n in names} for row in answer]


def test_one_decision_one_fine(release: Release) -> None:
    rows = select(
        release,
        "SELECT ?act ?m ?a WHERE { ?act fg:authority reg:fr-cnil ; fg:respondent co:clearview-ai ; fg:measure ?m . "
        "?m fg:kindGroup k:payable ; fg:amount ?a } ORDER BY ?act",
    )
    assert rows == [
        {"act": "fr-cnil_san-2022-019", "m": "fr-cnil_san-2022-019_1", "a": "20000000"},
        {"act": "fr-cnil_san-2023-005", "m": "fr-cnil_san-2023-005_1", "a": "5200000"},
    ]


def test_disagreements_stay_in_their_graphs(release: Release) -> None:
    rows = select(release, "SELECT ?g ?d WHERE { GRAPH ?g { dec:fr-cnil_san-2022-019 fg:decidedOn ?d } } ORDER BY ?g")
    assert rows == [
        {"g": "doc_cms_etid-9001", "d": "2022-10-19"},
        {"g": "doc_curated_fr-cnil_san-2022-019", "d": "2022-10-17"},
    ]
    assert select(release, "SELECT ?d WHERE { dec:fr-cnil_san-2022-019 fg:decidedOn ?d }") == [{"d": "2022-10-17"}]


def test_a_merged_identifier_leads_on(release: Release) -> None:
    rows = select(release, "SELECT ?new WHERE { dec:fr-cnil_etid-9001 dct:isReplacedBy ?new ; owl:deprecated true }")
    assert rows == [{"new": "fr-cnil_san-2022-019"}]


def test_the_two_claims_are_matched_by_rate_and_country(release: Release) -> None:
    rows = select(
        release,
        "SELECT ?m ?status ?method WHERE { ?c fg:claimScope st:single-measure ; fg:claimStatus st:confirmed . "
        "GRAPH g:match { ?x fg:matchedClaim ?c ; fg:matchedMeasure ?m ; fg:matchStatus ?status ; "
        "fg:matchMethod ?method } } ORDER BY ?m",
    )
    assert [(row["m"], row["status"]) for row in rows] == [
        ("fr-cnil_san-2022-019_1", "confirmed"),
        ("fr-cnil_san-2023-005_1", "confirmed"),
    ]
    assert all("same authority" in row["method"] and "ECB rate of the publication day" in row["method"] for row in rows)
    assert "EUR 5,200,000 is USD 5,694,000" in rows[1]["method"]


def test_news_makes_claims_and_no_facts(release: Release) -> None:
    rows = select(release, "SELECT DISTINCT ?t WHERE { GRAPH ?g { ?s a ?t } FILTER(CONTAINS(STR(?g), 'doc_news')) }")
    assert {row["t"] for row in rows} == {"finegraph#NewsReport", "finegraph#Claim"}


def test_euros_are_derived_and_say_how(release: Release) -> None:
    (row,) = select(
        release,
        "SELECT ?a ?eur ?rate ?day WHERE { mea:gb-ico_2022-05-18-clearview-ai_1 fg:amount ?a ; fg:amountEUR ?eur ; "
        "fg:rateEUR ?rate ; fg:rateDate ?day }",
    )
    assert row["a"] == "7552800"
    assert Decimal(row["eur"]) == (Decimal(7552800) / Decimal(row["rate"])).quantize(Decimal("0.01"))
    assert row["day"] == "2022-05-18"


def test_rulings_move_the_status(release: Release) -> None:
    status = {
        row["m"]: row["s"] for row in select(release, "SELECT ?m ?s WHERE { ?m a fg:Measure ; fg:measureStatus ?s }")
    }
    assert status["gb-ico_2022-05-18-clearview-ai_1"] == "suspended"
    assert status["fr-cnil_san-2022-019_4"] == "liquidated"
    assert status["fr-cnil_san-2022-019_1"] == "in-force"
    assert status["it-garante_9675440_1"] == "in-force"


def test_not_stated_is_not_zero(release: Release) -> None:
    assert select(release, "SELECT ?m WHERE { ?m a fg:Measure ; fg:amount 0 }") == []
    (row,) = select(release, "SELECT ?k ?t WHERE { mea:es-aepd_etid-9005_1 fg:kind ?k ; fg:amountText ?t }")
    assert row == {"k": "administrative-fine", "t": "Fine in five-digit amount"}


def test_measures_of_the_network_are_stored(release: Release) -> None:
    rows = select(release, "SELECT ?n ?d ?b WHERE { ?n fg:degree ?d ; fg:betweenness ?b } ORDER BY DESC(?d) ?n")
    by_name = {row["n"]: row for row in rows}
    assert int(by_name["clearview-ai"]["d"]) >= 7
    assert 0 < Decimal(by_name["clearview-ai"]["b"]) < 1


def test_every_document_has_its_provenance(release: Release) -> None:
    bare = select(
        release,
        "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), '/graph/doc_')) "
        "FILTER NOT EXISTS { GRAPH g:prov { ?g fg:tier ?t ; fg:reviewStatus ?r ; prov:generatedAtTime ?w } } }",
    )
    assert bare == []


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, release: Release) -> None:
    inputs = build.inputs_of(
        tmp_path,
        [("cms", FIXTURES / "cms.json", "2024-03-07"), ("news", FIXTURES / "story-2023-05-10.html", "2023-05-11")],
    )
    again = build.build(tmp_path, inputs)
    assert again.id == release.id
    for name in ("finegraph.nq", "finegraph.ttl", "finegraph.trig", "problems.json", "manifest.json"):
        assert (again.path / name).read_bytes() == (release.path / name).read_bytes()


def test_turtle_and_store_hold_the_same(release: Release) -> None:
    facts = set(ox.parse(path=release.path / "finegraph.ttl"))
    kept = {ox.Quad(*quad.triple) for quad in release.open().quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert facts == kept
    assert len(facts) == release.manifest["counts"]["default"]


def test_bad_input_leaves_the_release(tmp_path: Path) -> None:
    first = build.build(tmp_path)
    bad = tmp_path / "bad.json"
    bad.write_text(
        (FIXTURES / "cms.json").read_text(encoding="utf-8").replace("2022-02-08", "2036-02-08"), encoding="utf-8"
    )
    inputs = build.inputs_of(tmp_path, [("cms", bad, None)])
    with pytest.raises(BuildError, match=r"bad\.json: row 3 .*2036-02-08.*correct the date"):
        build.build(tmp_path, inputs)
    now = current(tmp_path)
    assert now is not None
    assert now.id == first.id
    kept = build.build(tmp_path, inputs, keep_going=True)
    assert [one.level for one in kept.problems if "row 3" in one.place] == ["error"]


def test_two_builds_do_not_mix(tmp_path: Path) -> None:
    from graph.release import locked  # noqa: PLC0415

    with locked(tmp_path), pytest.raises(ReleaseError, match="another build is running"):
        build.build(tmp_path)


_SLOW = """
import pathlib, sys
from loaders import build
store, file = map(pathlib.Path, sys.argv[1:])
build.build(store, build.inputs_of(store, [("cms", file, None)]), embedded=False)
"""


def building(store: Path) -> subprocess.Popen[bytes]:
    """Begin a build of the tracker's fixture in a process of its own."""
    command = [sys.executable, "-c", _SLOW, str(store), str(FIXTURES / "cms.json")]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Return the seconds that the build takes which the next test kills."""
    started = time.monotonic()
    assert building(tmp_path_factory.mktemp("whole")).wait() == 0
    return time.monotonic() - started


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
def test_kill_at_any_moment_leaves_a_whole_release(tmp_path: Path, whole: float, share: float) -> None:
    first = build.build(tmp_path, embedded=False)
    process = building(tmp_path)
    time.sleep(whole * share)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    now = current(tmp_path)
    assert now is not None
    assert now.id == first.id or now.manifest["inputs"]
    assert len(now.open()) == sum(now.manifest["counts"].values())
    build.build(tmp_path, embedded=False)
    assert not list((tmp_path / "releases").glob(".building-*"))


def test_an_empty_store_is_noticed(tmp_path: Path) -> None:
    release = build.build(tmp_path, embedded=False)
    for file in (release.path / "store").iterdir():
        file.unlink()
    with pytest.raises(ReleaseError, match="no store any more"):
        current(tmp_path)


@pytest.mark.parametrize("name", ["manifest.json", "store/CURRENT"])
def test_a_damaged_release_is_made_anew(tmp_path: Path, name: str) -> None:
    release = build.build(tmp_path, embedded=False)
    (release.path / name).unlink()
    with pytest.raises(ReleaseError):
        current(tmp_path)
    again = build.build(tmp_path, embedded=False)
    assert again.id == release.id
    assert len(again.open()) == sum(again.manifest["counts"].values())


def test_two_fact_sheets_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    case = (FIXTURES / "curated.yaml").read_text(encoding="utf-8")
    (folder / "a.yaml").write_text(case, encoding="utf-8")
    monkeypatch.setattr(press, "ITEMS", tmp_path)  # these name measures of the whole set
    (folder / "b.yaml").write_text(case.replace("kind: data-deletion", "kind: reprimand"), encoding="utf-8")
    monkeypatch.setattr(curated, "CASES", folder)
    with pytest.raises(SourceError, match=r"doc_curated_fr-cnil_san-2022-019 was already read from a\.yaml"):
        build.build(tmp_path / "store")
