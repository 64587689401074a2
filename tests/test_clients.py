"""The service as a process of its own, asked by researchers' clients, switched, ended and cut under load."""

import http.client
import json
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from graph.release import current
from ontology.terms import PREFIXES
from tests.serving import Server, serving
from web.commands import _load

ROWS = "SELECT ?act WHERE { ?act a fg:Decision } ORDER BY ?act LIMIT 3"
TRIPLES = "CONSTRUCT WHERE { co:clearview-ai ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(STR(?a) < STR(?f)) }"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
CLEARVIEW = URIRef(PREFIXES["co"] + "clearview-ai")


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    with serving(store, seconds=2, metrics=1, budget=0) as made:
        yield made


# -- clients ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper(server: Server, method: str) -> None:
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setMethod(method)

    def asked(query: str, syntax: str) -> Any:
        client.setQuery(query)
        client.setReturnFormat(syntax)
        return client.query().convert()

    rows = asked(ROWS, JSON)["results"]["bindings"]
    assert len(rows) == 3
    assert asked("ASK { ?s a fg:Decision }", JSON)["boolean"] is True
    assert len(asked(ROWS, XML).getElementsByTagName("result")) == 3
    for syntax in (CSV, TSV):
        assert rows[0]["act"]["value"].encode() in asked(ROWS, syntax)
    client.setQuery(TRIPLES)
    sizes = set()
    for syntax, media in ((RDFXML, "xml"), (JSONLD, "json-ld"), (TURTLE, "turtle")):
        client.setReturnFormat(syntax)
        sizes.add(len(Graph().parse(data=client.query().response.read(), format=media)))
    assert len(sizes) == 1
    client.setOnlyConneg(True)
    assert asked(ROWS, JSON)["results"]["bindings"] == rows


def test_rdflib_s_store(server: Server) -> None:
    graph = Graph(SPARQLStore(f"{server.url}/sparql"))
    rows = list(graph.query("PREFIX fg: <https://w3id.org/finegraph#> " + ROWS))
    assert len(rows) == 3
    assert len(list(graph.triples((CLEARVIEW, None, None)))) > 5
    assert (CLEARVIEW, None, None) in graph
    read = Graph().parse(f"{server.url}/graphs?graph=https://w3id.org/finegraph/graph/dataset")
    assert len(read) > 10


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here")
def test_curl(server: Server) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(["curl", "-sS", "--fail", *arguments], capture_output=True, check=True, text=True).stdout

    endpoint = f"{server.url}/sparql"
    assert "act" in json.loads(curl("-G", "--data-urlencode", f"query={ROWS}", endpoint))["head"]["vars"]
    assert curl("--data-urlencode", f"query={ROWS}", "-H", "Accept: text/csv", endpoint).count("\n") == 4
    assert "ns/sparql-service-description" in curl(endpoint)
    kept = curl("--compressed", "-G", "--data-urlencode", "query=SELECT * { ?s ?p ?o } LIMIT 500", f"{endpoint}.tsv")
    assert kept.count("\n") == 501


@pytest.mark.parametrize(
    ("accept", "agent"),
    [
        ("application/sparql-results+json, application/sparql-results+xml;q=0.9, */*;q=0.1", "Apache-Jena-ARQ/5"),
        ("application/sparql-results+json,*/*;q=0.9", "Mozilla/5.0 (YASGUI)"),
        ("application/sparql-results+json", "libcurl/8 r-curl/5 httr/1.4"),
    ],
)
def test_other_clients_headers(server: Server, accept: str, agent: str) -> None:
    status, headers, body = server.get(f"/sparql?query={quote(ROWS)}", Accept=accept, User_Agent=agent)
    assert (status, headers["content-type"]) == (200, "application/sparql-results+json")
    assert len(json.loads(body)["results"]["bindings"]) == 3


def test_a_connection_serves_many_small_answers(server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.connect()
    first = connection.sock
    for n in range(5):
        connection.request("GET", f"/sparql?query={quote(f'ASK {{ ?s ?p {n} }}')}")
        answer = connection.getresponse()
        assert (answer.status, int(answer.headers["Content-Length"])) == (200, len(answer.read()))
        assert connection.sock is first
    connection.close()


# -- cut, left, switched, ended --------------------------------------------------------------------------------------


def test_an_answer_that_was_cut_does_not_look_whole(server: Server) -> None:
    for query in ("/sparql.csv", "/sparql.tsv", "/sparql.json"):
        with pytest.raises(http.client.IncompleteRead):
            server.get(f"{query}?query={quote(ENDLESS)}")
    old = http.client.HTTPConnection("127.0.0.1", server.port)
    old._http_vsn, old._http_vsn_str = 10, "HTTP/1.0"  # type: ignore[attr-defined]
    old.request("GET", f"/sparql.csv?query={quote(ENDLESS)}")
    assert old.getresponse().status in {413, 503}
    old.close()


def test_a_client_that_leaves_frees_its_worker(store: Path) -> None:
    with serving(store, seconds=30, metrics=1) as server:

        def running() -> float:
            told = server.get("/metrics")[2].decode()
            return float(told.partition("\nfinegraph_queries ")[2].split()[0])

        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", f"/sparql?query={quote(SLOW)}")
        _until(lambda: running() == 1)
        connection.close()
        _until(lambda: running() == 0)


def test_a_new_release_is_taken_up_without_a_request_lost(tmp_path: Path) -> None:
    own = tmp_path / "store"
    (tmp_path / "one.ttl").write_text("<x:a> <x:p> 1 .")
    (tmp_path / "two.ttl").write_text("<x:a> <x:p> 2 .")
    _load(own, [tmp_path / "one.ttl"])
    with serving(own, budget=0, cache=0) as server:
        stop, seen = threading.Event(), list[tuple[int, str, bytes]]()

        def ask() -> None:
            while not stop.is_set():
                status, headers, body = server.get(f"/sparql.csv?query={quote('SELECT ?n { ?s <x:p> ?n }')}")
                seen.append((status, headers.get("x-finegraph-release", ""), body))

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for one in threads:
            one.start()
        before = current(own)
        _load(own, [tmp_path / "two.ttl"])
        after = current(own)
        assert before is not None
        assert after is not None
        _until(lambda: seen[-1][1] == after.id)
        time.sleep(0.3)
        stop.set()
        for one in threads:
            one.join()
    answers = {before.id: b"n\r\n1\r\n", after.id: b"n\r\n2\r\n"}
    assert len(seen) > 50
    assert all(status == 200 and answers[release] == body for status, release, body in seen)


def test_sigterm_lets_the_answers_under_way_end(store: Path) -> None:
    with serving(store, seconds=8) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        query = "SELECT ?a ?b ?c ?d { { SELECT * { ?a ?b ?c } LIMIT 40 } { SELECT * { ?d ?e ?f } LIMIT 5000 } }"
        connection.request("GET", f"/sparql.tsv?query={quote(query)}")
        answer = connection.getresponse()
        first = answer.read(100)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        with pytest.raises(ConnectionRefusedError):
            http.client.HTTPConnection("127.0.0.1", server.port, timeout=2).connect()
        assert (first + answer.read()).count(b"\n") == 200_001
        connection.close()
        assert server.process.wait(15) == 0


def test_a_server_that_is_killed_leaves_no_worker(store: Path) -> None:
    with serving(store, seconds=60) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", f"/sparql?query={quote(SLOW)}")
        time.sleep(0.5)
        children = _below(server.process.pid)
        assert len(children) > 2
        server.process.kill()
        server.process.wait()
        _until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() and _alive(pid) for pid in children))
        connection.close()


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _below(pid: int) -> list[int]:
    """Return the processes below one, at any depth."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(folder.name))
    found = parents.get(pid, [])
    return [*found, *(below for one in found for below in _below(one))]


def _until(true: Any, seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
