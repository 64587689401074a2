"""The command line, as a user types it."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Dataset, Graph

from tests.conftest import FIXTURES


def run(*arguments: str, store: Path | None = None, stdin: str | None = None) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **({"FINEGRAPH_STORE": str(store)} if store else {})}
    command = [sys.executable, "-m", "graph", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, input=stdin, check=False, timeout=120
    )


CLEARVIEW = (
    "SELECT ?act { ?act a fg:Decision ; fg:respondent co:clearview-ai ; fg:authority reg:fr-cnil } ORDER BY ?act"
)


@pytest.mark.parametrize(
    "name",
    ["", "build", "load", "query", "export", "validate", "extract", "serve", "ask", "names", "sources", "fetch",
     "fetch-references"],
)  # fmt: skip
def test_help(name: str) -> None:
    done = run(*filter(None, [name]), "--help")
    assert done.returncode == 0
    assert "usage: finegraph" in done.stdout


def test_wrong_usage_is_2(tmp_path: Path) -> None:
    undated = run("build", f"cms={FIXTURES / 'cms.json'}@2024-02-30", store=tmp_path)
    assert undated.returncode == 2
    assert "write @YYYY-MM-DD" in undated.stderr
    assert run("dance").returncode == 2
    assert run("build", "nonsense", store=tmp_path).returncode == 2


@pytest.mark.parametrize("syntax", ["table", "csv", "tsv", "json", "xml"])
def test_query_formats(store: Path, syntax: str) -> None:
    done = run("query", CLEARVIEW, "--format", syntax, store=store)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("fr-cnil_") == 3


def test_query_from_file_and_standard_input(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(CLEARVIEW, encoding="utf-8")
    assert run("query", str(path), store=store).stdout == run("query", "-", store=store, stdin=CLEARVIEW).stdout != ""


def test_a_bad_query_is_the_inputs_fault(store: Path) -> None:
    done = run("query", "SELECT * WHERE {", store=store)
    assert (done.returncode, done.stdout) == (1, "")
    assert "not SPARQL" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_release_says_what_to_do(tmp_path: Path) -> None:
    done = run("query", "ASK { ?s ?p ?o }", store=tmp_path / "none")
    assert done.returncode == 1
    assert "run `finegraph build`" in done.stderr


@pytest.mark.parametrize("syntax", ["ttl", "nt", "jsonld"])
def test_exports_hold_the_same_facts(store: Path, tmp_path: Path, syntax: str) -> None:
    target = tmp_path / "out"
    assert run("export", "--format", syntax, "-o", str(target), store=store).returncode == 0
    parser = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld"}[syntax]
    counts = json.loads((store / "current" / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert len(Graph().parse(target, format=parser)) == counts["default"]


def test_trig_holds_every_graph(store: Path) -> None:
    done = run("export", "--format", "trig", store=store)
    dataset = Dataset()
    dataset.parse(data=done.stdout, format="trig")
    names = {str(graph.identifier) for graph in dataset.graphs()}
    assert "https://w3id.org/finegraph/graph/doc_curated_fr-cnil_san-2022-019" in names


def test_load_adds_a_graph_and_keeps_the_rest(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert run("build", f"cms={FIXTURES / 'cms.json'}", store=store).returncode == 0
    mine = tmp_path / "mine.ttl"
    mine.write_text("<https://a.example/s> <https://a.example/p> '007' .", encoding="utf-8")
    done = run("load", str(mine), store=store)
    assert done.returncode == 0, done.stderr
    assert "GRAPH <https://w3id.org/finegraph/graph/doc_file_mine-ttl>" in done.stderr
    asked = "SELECT ?o { GRAPH g:doc_file_mine-ttl { <https://a.example/s> ?p ?o } }"
    assert "007" in run("query", asked, store=store).stdout
    assert "etid-9004" in run("query", "SELECT ?a { ?a fg:authority reg:es-aepd }", store=store).stdout
    assert run("load", str(FIXTURES / "story-2023-05-10.html"), store=store).returncode == 0
    assert "confirmed" in run("query", "SELECT ?s { ?c a fg:Claim ; fg:claimStatus ?s }", store=store).stdout
    mine.write_text("<https://a.example/s> <https://a.example/p> '008' .", encoding="utf-8")
    assert run("load", str(mine), store=store).returncode == 0
    assert "007" not in run("query", asked, store=store).stdout
    assert "008" in run("query", asked, store=store).stdout
    broken = tmp_path / "broken.ttl"
    broken.write_text("<https://a.example/s> \n <https://a.example/p> .", encoding="utf-8")
    refused = run("load", str(broken), store=store)
    assert refused.returncode == 1
    assert "broken.ttl:2" in refused.stderr
    foreign = tmp_path / "foreign.trig"
    foreign.write_text(
        "<https://w3id.org/finegraph/graph/doc_cms_etid-9001> { <https://a.example/s> <https://a.example/p> 1 }",
        encoding="utf-8",
    )
    refused = run("load", str(foreign), store=store)
    assert refused.returncode == 1
    assert "holds the words of another document" in refused.stderr
    assert "008" in run("query", asked, store=store).stdout


def test_validate(store: Path, tmp_path: Path) -> None:
    assert run("validate", store=store).returncode == 0
    bad = tmp_path / "bad.ttl"
    bad.write_text("<https://a.example/m> a <https://w3id.org/finegraph#Measure> .", encoding="utf-8")
    done = run("validate", str(bad), store=store)
    assert done.returncode == 1
    assert "exactly one kind" in done.stderr


def test_extract(tmp_path: Path) -> None:
    done = run("extract", str(FIXTURES / "story-2023-05-10.html"), "--out", str(tmp_path), "--trig", "--explain")
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "story-2023-05-10.pred.json").read_text(encoding="utf-8"))
    assert [(one["kind"], one["amount"], one["currency"]) for one in told["events"]] == [
        ("overdue_penalty", 5_700_000, "USD"), ("fine", 22_000_000, "USD"),
    ]  # fmt: skip
    assert (tmp_path / "story-2023-05-10.trig").is_file()
    assert "7 claims" in done.stdout
    assert "[$5.7M = sum act USD 5700000]" in done.stdout
    assert "-> overdue_penalty USD 5,700,000, by fr-cnil, against clearview-ai" in done.stdout


def test_a_taken_port_says_what_to_do(store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), store=store)
    assert done.returncode == 1
    assert f"finegraph serve --port {port + 1}" in done.stderr


def test_ask_lists_answers_and_shows(store: Path) -> None:
    listed = run("ask", store=store)
    assert listed.returncode == 0
    assert "24  " in listed.stdout
    answer = run("ask", "5", "org=co:openai", "--format", "csv", store=store)
    assert answer.returncode == 0, answer.stderr
    assert "it-garante_10085455" in answer.stdout
    shown = run("ask", "history-of-an-organisation", "org=co:openai", "--show", store=store)
    assert "VALUES ?org { co:openai }" in shown.stdout
    assert run("query", "-", store=store, stdin=shown.stdout).returncode == 0
    for wrong, words in ((["99"], "is no question"), (["5", "who=co:x"], "has no parameter"), (["5", "org=}"], "term")):
        refused = run("ask", *wrong, store=store)
        assert refused.returncode == 1
        assert words in refused.stderr


def test_names_counts_what_no_table_knows(store: Path) -> None:
    listed = json.loads(run("names", "--json", store=store).stdout)
    assert {"kind", "name", "source", "count"} == set(listed[0])
    assert [one["count"] for one in listed] == sorted((one["count"] for one in listed), reverse=True)
    assert "organisation" in run("names", "--kind", "organisation", store=store).stdout


def test_sources_accounts_for_every_record(store: Path) -> None:
    accounts = {one["source"]: one for one in json.loads(run("sources", "--json", store=store).stdout)}
    assert set(accounts) == {"cms", "curated", "news", "press"}
    cms = accounts["cms"]
    assert (cms["read"], cms["decisions"], cms["left_out"], cms["newest"]) == (8, 8, 0, "2023-05-10")
    assert cms["licences"] == ["https://creativecommons.org/licenses/by-nc-sa/4.0/"]
    assert accounts["curated"]["read"] == accounts["curated"]["decisions"] + accounts["curated"]["rulings"] > 200
    assert (accounts["news"]["press_items"], accounts["news"]["tiers"]) == (1, ["news"])
    listed = run("sources", store=store).stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["source", "cms", "curated", "news", "press"]


def test_sources_counts_what_was_left_out(tmp_path: Path) -> None:
    rows = json.loads((FIXTURES / "cms.json").read_text(encoding="utf-8"))
    rows["data"][2][4] = "soon"
    path = tmp_path / "dump.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    store = tmp_path / "store"
    assert run("build", f"cms={path}", store=store).returncode == 1
    assert run("build", f"cms={path}", "--keep-going", store=store).returncode == 0
    (cms,) = (one for one in json.loads(run("sources", "--json", store=store).stdout) if one["source"] == "cms")
    assert (cms["read"], cms["decisions"], cms["left_out"]) == (8, 7, 1)
