"""The SPARQL service as programs see it: protocol, negotiation, limits, cache, shares, description, logs."""

import csv
import io
import json
import logging
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import Graph

from graph.release import Release
from graph.sparql import Kind, Request
from graph.workers import Answer, Limits, Pool, QueryError
from web import create_app
from web.access import Access
from web.budget import Budget, SpentError
from web.cache import Cache
from web.negotiation import UnknownFormatError, Wanted, by_name
from web.settings import SettingError, Settings, from_environment

ROWS = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 3"
TRIPLES = "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(STR(?a) < STR(?f)) }"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def ask(client: FlaskClient, query: str, accept: str = "*/*", **fields: str) -> tuple[int, str, bytes]:
    """Return status, media type and body."""
    answer = client.get("/sparql", query_string={"query": query, **fields}, headers={"Accept": accept})
    return answer.status_code, answer.content_type.partition(";")[0], answer.get_data()


# -- syntaxes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (ROWS, "*/*", JSON),
        (ROWS, "", JSON),
        (ROWS, "application/json", JSON),
        (ROWS, "text/csv;q=0.4, application/sparql-results+xml;q=0.9", XML),
        (ROWS, "text/turtle, text/tab-separated-values;q=0.1", "text/tab-separated-values"),
        ("ASK {}", "application/xml", XML),
        (TRIPLES, "*/*", "text/turtle"),
        (TRIPLES, "application/rdf+xml;q=0.8, application/ld+json;q=0.9", "application/ld+json"),
        (TRIPLES, "application/n-quads", "application/n-quads"),
        (TRIPLES, "application/trig", "application/trig"),
        (TRIPLES, "application/sparql-results+json, text/plain;q=0.2", "application/n-triples"),
        ("DESCRIBE co:clearview-ai", "text/turtle", "text/turtle"),
        # Apache Jena's
        (ROWS, f"{JSON}, {XML};q=0.9, text/csv;q=0.5, application/json;q=0.2, */*;q=0.1", JSON),
        (TRIPLES, "text/turtle,application/n-triples;q=0.9,application/rdf+thrift,*/*;q=0.3", "text/turtle"),
        # YASGUI's, and what R's packages send
        (ROWS, "application/sparql-results+json,*/*;q=0.9", JSON),
        (TRIPLES, "application/trig,*/*;q=0.9", "application/trig"),
        (ROWS, "text/csv", "text/csv"),
        (ROWS, "application/sparql-results+xml", XML),
    ],
)  # fmt: skip
def test_the_accept_header_chooses_the_syntax(client: FlaskClient, query: str, accept: str, media: str) -> None:
    assert ask(client, query, accept)[:2] == (200, media)


@pytest.mark.parametrize(
    ("name", "rows", "triples"),
    [
        ("json", JSON, "application/ld+json"),
        ("xml", XML, "application/rdf+xml"),
        ("csv", "text/csv", None),
        ("turtle", None, "text/turtle"),
        ("application/sparql-results+xml", XML, None),
        ("application/rdf+xml", None, "application/rdf+xml"),
        ("nq", None, "application/n-quads"),
    ],
)
def test_a_named_format_goes_before_the_header(
    client: FlaskClient, name: str, rows: str | None, triples: str | None
) -> None:
    for query, media in ((ROWS, rows), (TRIPLES, triples)):
        found = ask(client, query, "text/html", format=name)
        assert found[:2] == ((200, media) if media else (406, "text/html"))
    assert ask(client, ROWS, "text/tab-separated-values", output=name)[1] == (rows or "application/problem+json")


def test_a_suffix_names_a_format_and_nothing_else_is_guessed(client: FlaskClient) -> None:
    assert client.get("/sparql.tsv", query_string={"query": ROWS}).content_type.startswith("text/tab-separated-values")
    assert client.get("/sparql.exe", query_string={"query": ROWS}).status_code == 406
    with pytest.raises(UnknownFormatError):
        by_name("exe")
    assert by_name("srj") == Wanted("json", "jsonld")


def test_all_syntaxes_say_the_same(client: FlaskClient) -> None:
    query = "SELECT ?s ?o WHERE { ?s skos:prefLabel ?o FILTER(LANG(?o) = 'fr') } ORDER BY ?s ?o LIMIT 20"
    body = json.loads(ask(client, query)[2])
    want = [(row["s"]["value"], row["o"]["value"]) for row in body["results"]["bindings"]]
    assert len(want) == 20
    rows = csv.reader(io.StringIO(ask(client, query, "text/csv")[2].decode(), newline=""))
    assert [tuple(row) for row in rows][1:] == want
    query = "CONSTRUCT WHERE { co:clearview-ai ?p ?o }"
    graphs = [
        Graph().parse(data=ask(client, query, format=name)[2], format=theirs)
        for name, theirs in (("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld"), ("nq", "nquads"))
    ]
    assert len(graphs[0]) > 5
    assert all(set(one) == set(graphs[0]) for one in graphs)


def test_so_many_rows_are_marked_where_there_are_more(client: FlaskClient) -> None:
    query = {"query": "SELECT ?s WHERE { ?s a fg:Decision }", "rows": "2"}
    answer = client.get("/sparql", query_string=query)
    assert answer.headers["X-Finegraph-Truncated"] == "rows=2"
    body = json.loads(answer.get_data())
    assert (body["head"]["truncated"], len(body["results"]["bindings"])) == (2, 2)
    answer = client.get("/sparql", query_string={"query": "SELECT ?s WHERE { ?s a fg:Nothing }", "rows": "2"})
    assert "X-Finegraph-Truncated" not in answer.headers
    assert json.loads(answer.get_data()) == {"head": {"vars": ["s"]}, "results": {"bindings": []}}
    for wrong in ({"rows": "0"}, {"rows": "99999"}, {"rows": "x"}, {"rows": "2", "format": "csv"}):
        assert client.get("/sparql", query_string={**query, **wrong}).status_code == 400


def test_the_page_shows_the_start_and_says_so(client: FlaskClient) -> None:
    def page(query: str) -> str:
        answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    rows = page("SELECT * { ?s ?p ?o }")
    assert "More than 1,000 rows; the first 1,000 are shown" in rows
    assert rows.count("<tr>") == 1001
    assert "3 rows." in page(ROWS)
    assert "1 row." in page("SELECT * { VALUES ?x { 1 } }")
    triples = page("CONSTRUCT WHERE { ?s ?p ?o }")
    assert "The start is shown" in triples
    assert 100_000 < len(triples) < 400_000
    assert "The start" not in page(TRIPLES)
    linked = client.get(
        "/sparql", query_string={"query": ROWS, "default-graph-uri": "x:g"}, headers={"Accept": "text/html"}
    )
    assert "default-graph-uri=x%3Ag&amp;format=csv" in linked.get_data(as_text=True)


def test_rows_have_every_kind_of_term(client: FlaskClient) -> None:
    query = 'SELECT * { VALUES (?a ?b ?c) { (<x:y> "l"@en 1) ("p" UNDEF true) } BIND(BNODE() AS ?d) }'
    whole, some = (json.loads(ask(client, query, **more)[2]) for more in ({}, {"rows": "9"}))
    for body in (whole, some):
        for row in body["results"]["bindings"]:
            assert row.pop("d")["type"] == "bnode"
    assert sorted(whole["results"]["bindings"], key=str) == sorted(some["results"]["bindings"], key=str)


# -- the protocol ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "status"),
    [
        ({"data": {"query": "ASK {}"}}, 200),
        ({"data": b"ASK {}", "content_type": "application/sparql-query"}, 200),
        ({"data": b"ASK {}", "content_type": "application/sparql-query; charset=UTF-8"}, 200),
        ({"data": "ASK {}".encode("utf-16"), "content_type": "application/sparql-query"}, 400),
        ({"data": b"ASK { \xff }", "content_type": "application/sparql-query"}, 400),
        ({"data": b"query=ASK+%7B+%FF+%7D", "content_type": "application/x-www-form-urlencoded"}, 400),
        ({"data": b"ASK {}", "content_type": "application/sparql-query; charset=utf-16"}, 415),
        ({"data": b"ASK {}", "content_type": "text/plain"}, 415),
        ({"data": b"ASK {}"}, 415),
        ({"data": zlib.compress(b"query=ASK{}"), "content_type": "application/x-www-form-urlencoded",
          "headers": {"Content-Encoding": "deflate"}}, 415),
        ({"data": b"", "content_type": "application/x-www-form-urlencoded"}, 400),
        ({"data": b"query=ASK{}&query=ASK{}", "content_type": "application/x-www-form-urlencoded"}, 400),
        ({"data": {"update": "CLEAR ALL"}}, 400),
        ({"data": {"query": "CLEAR ALL"}}, 400),
        ({"data": b"CLEAR ALL", "content_type": "application/sparql-update"}, 415),
        ({"data": b"a=1&" * 200, "content_type": "application/x-www-form-urlencoded"}, 400),
        ({"data": b"query=" + b"x" * (2 << 20), "content_type": "application/x-www-form-urlencoded"}, 413),
    ],
)  # fmt: skip
def test_posts_are_read_strictly(client: FlaskClient, way: dict[str, object], status: int) -> None:
    answer = client.post("/sparql", **way)
    assert answer.status_code == status
    if status != 200:
        assert json.loads(answer.get_data())["status"] == status


def test_the_data_set_of_the_request_stands_over_that_of_the_query(client: FlaskClient) -> None:
    name = "https://w3id.org/finegraph/graph/"
    count = "SELECT (COUNT(*) AS ?n) FROM <x:none> { ?s ?p ?o }"
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"

    def answered(query: str, **fields: list[str]) -> list[dict[str, dict[str, str]]]:
        raw = client.get("/sparql", query_string={"query": query, **fields}).get_data()
        return list(json.loads(raw)["results"]["bindings"])

    assert answered(count)[0]["n"]["value"] == "0"
    given = answered(count, **{"default-graph-uri": [f"{name}prov"]})[0]["n"]["value"]
    both = answered(count, **{"default-graph-uri": [f"{name}prov", f"{name}dataset"]})[0]["n"]["value"]
    assert 0 < int(given) < int(both)
    assert answered(named, **{"default-graph-uri": [f"{name}prov"]}) == []
    assert [row["g"]["value"] for row in answered(named, **{"named-graph-uri": [f"{name}prov"]})] == [f"{name}prov"]
    assert answered("SELECT * { ?s ?p ?o }", **{"named-graph-uri": [f"{name}prov"]}) == []
    wrong = client.get("/sparql", query_string={"query": count, "default-graph-uri": "no iri"})
    assert wrong.status_code == 400


def test_a_fault_of_syntax_has_its_place(client: FlaskClient) -> None:
    status, media, body = ask(client, "SELECT * {\n  ?s ?p\n}")
    assert (status, media) == (400, "application/problem+json")
    told = json.loads(body)
    assert (told["line"], told["type"]) == (3, "about:blank")
    assert "line 3, column 2" in told["detail"]


def test_equal_requests_have_equal_tags_and_need_not_be_answered(client: FlaskClient) -> None:
    first = client.get("/sparql", query_string={"query": ROWS})
    tag = first.headers["ETag"]
    again = client.get("/sparql", query_string={"query": ROWS}, headers={"If-None-Match": tag})
    assert (again.status_code, again.get_data(), again.headers["ETag"]) == (304, b"", tag)
    other = client.get("/sparql", query_string={"query": ROWS, "format": "csv"})
    assert other.headers["ETag"] != tag
    assert "Accept" in first.headers["Vary"]
    packed = client.get(
        "/sparql", query_string={"query": "SELECT * { ?s ?p ?o } LIMIT 99"}, headers={"Accept-Encoding": "zstd"}
    )
    assert packed.headers["Content-Encoding"] == "zstd"
    again = client.get(
        "/sparql",
        query_string={"query": "SELECT * { ?s ?p ?o } LIMIT 99"},
        headers={"If-None-Match": packed.headers["ETag"]},
    )
    assert again.status_code == 304


def test_answers_are_packed_for_those_who_take_it(client: FlaskClient) -> None:
    query = {"query": "SELECT * { ?s ?p ?o } LIMIT 200"}
    plain = client.get("/sparql", query_string=query).get_data()
    packed = client.get("/sparql", query_string=query, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert zlib.decompress(packed.get_data(), 31) == plain
    assert len(packed.get_data()) < len(plain) / 2


def test_other_sites_may_read_but_nobody_may_write(client: FlaskClient) -> None:
    for path in ("/sparql", "/graphs"):
        answer = client.options(path)
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (204, "*")
        assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert ask(client, ROWS)[0] == 200
    for method in ("PUT", "DELETE", "PATCH"):
        for path in ("/sparql", "/graphs?default", "/graphs?graph=https://w3id.org/finegraph/graph/prov", "/data"):
            answer = client.open(path, method=method, data="x")
            assert answer.status_code == 405
            assert "GET" in answer.headers["Allow"]
    assert client.post("/update", data={"update": "CLEAR ALL"}).status_code == 404


def test_head_has_the_headers_of_get(client: FlaskClient) -> None:
    for path in ("/sparql?query=ASK{}", "/graphs?graph=https://w3id.org/finegraph/graph/dataset", "/.well-known/void"):
        got, head = client.get(path), client.head(path)
        assert head.get_data() == b""
        assert (head.status_code, head.headers["ETag"]) == (200, got.headers["ETag"])
        assert head.headers["Content-Type"] == got.headers["Content-Type"]


# -- graphs and descriptions -----------------------------------------------------------------------------------------


def test_graphs_are_read_by_their_names(client: FlaskClient, release: Release) -> None:
    store = release.open()
    name = "https://w3id.org/finegraph/graph/prov"
    for query, graph in (({"graph": name}, ox.NamedNode(name)), ({"default": ""}, ox.DefaultGraph())):
        answer = client.get("/graphs", query_string=query, headers={"Accept": "application/n-triples"})
        got = set(ox.parse(answer.get_data(), format=ox.RdfFormat.N_TRIPLES))
        assert {quad.triple for quad in got} == {q.triple for q in store.quads_for_pattern(None, None, None, graph)}
    assert client.get("/graphs?graph=x:nowhere").status_code == 404
    assert client.get("/graphs?graph=no%20iri").status_code == 400
    assert client.get("/graphs").status_code == 400
    assert client.get("/graphs?default", headers={"Accept": "image/png"}).status_code == 406
    void = client.get("/.well-known/void", headers={"Accept": "text/turtle"}).get_data()
    assert b"void" in void
    assert len(Graph().parse(data=void, format="turtle")) > 10


def test_the_service_describes_itself_and_its_limits(client: FlaskClient, release: Release) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle", "Host": "evil.example"})
    assert b"evil" not in answer.get_data()
    graph = Graph().parse(data=answer.get_data(), format="turtle")
    rows = [
        [str(value) for value in row]  # type: ignore[union-attr]
        for row in graph.query(
            "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#>"
            " SELECT ?e ?n ?c { ?s a sd:Service ; sd:endpoint ?e ; sd:supportedLanguage sd:SPARQL11Query ;"
            " rdfs:comment ?c ; sd:defaultDataset/sd:defaultGraph/void:triples ?n }"
        )
    ]
    ((endpoint, triples, comment),) = rows
    assert endpoint == "http://127.0.0.1:5000/sparql"
    assert int(triples) == release.manifest["counts"]["default"]
    assert "may run 2 s" in comment
    as_json = client.get("/sparql", headers={"Accept": "application/ld+json"})
    assert as_json.content_type == "application/ld+json"
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


# -- workers ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pool(release: Release) -> Iterator[Pool]:
    made = Pool(release.path / "store", 2, Limits(seconds=1.0, wait=0.5), spares=1)
    yield made
    made.close()


def read(pool: Pool, text: str, **more: object) -> bytes:
    return b"".join(pool.answer(Request(text), **more).chunks)  # type: ignore[arg-type]


def test_a_slow_query_ends_at_its_deadline_and_a_spare_is_there(pool: Pool) -> None:
    spent: list[float] = []
    started = time.monotonic()
    with pytest.raises(QueryError, match="stopped after 1 s"):
        read(pool, SLOW, spent=spent.append)
    assert 1.0 <= time.monotonic() - started < 1.5
    assert 0.9 < spent[0] <= 1.0
    started = time.monotonic()
    assert b"true" in read(pool, "ASK {}")
    assert time.monotonic() - started < 0.5


def test_a_query_is_cancelled_by_its_name_and_when_its_client_goes(pool: Pool) -> None:
    assert not pool.cancel("mine")
    timer = threading.Timer(0.2, pool.cancel, ("mine",))
    timer.start()
    with pytest.raises(QueryError, match="cancelled") as caught:
        read(pool, SLOW, name="mine")
    assert caught.value.status == 499
    started = time.monotonic()
    with pytest.raises(QueryError, match="gone"):
        read(pool, SLOW, gone=lambda: time.monotonic() - started > 0.2)
    assert time.monotonic() - started < 0.9


def test_what_finds_no_place_is_told_so(pool: Pool) -> None:
    def slow() -> None:
        with pytest.raises(QueryError):
            read(pool, SLOW)

    threads = [threading.Thread(target=slow) for _ in range(2)]
    for one in threads:
        one.start()
    time.sleep(0.2)
    with pytest.raises(QueryError, match="busy") as caught:
        read(pool, "ASK {}")
    assert caught.value.status == 503
    for one in threads:
        one.join()
    assert b"true" in read(pool, "ASK {}")


def test_a_slow_reader_holds_no_place(pool: Pool) -> None:
    answers = [pool.answer(Request("SELECT * { ?s ?p ?o . ?t ?q ?r }", "tsv")) for _ in range(2)]
    time.sleep(1.2)  # nobody reads on: the pipe is full, the deadline passes
    assert b"true" in read(pool, "ASK {}")
    for one in answers:
        with pytest.raises(QueryError, match="stopped"):
            b"".join(one.chunks)


def test_a_worker_that_dies_is_one_error(pool: Pool) -> None:
    answer = pool.answer(Request("SELECT * { ?s ?p ?o . ?t ?q ?r }", "tsv"))
    for job in list(pool._jobs):
        job.worker.process.kill()
    with pytest.raises(QueryError, match="memory or depth"):
        b"".join(answer.chunks)
    assert b"true" in read(pool, "ASK {}")


def test_a_query_has_so_much_memory(release: Release) -> None:
    small = Pool(release.path / "store", 1, Limits(seconds=20.0, memory=150 << 20), spares=0)
    try:
        with pytest.raises(QueryError, match="memory"):
            read(small, "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f } }")
        assert b"true" in read(small, "ASK {}")
    finally:
        small.close()


def test_workers_have_no_network_where_the_system_allows_that(pool: Pool) -> None:
    assert isinstance(pool.isolated, bool)


def test_a_damaged_store_is_told_and_not_tried_for_ever(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("nothing")
    broken = Pool(tmp_path, 1, Limits(wait=8.0), spares=0)
    try:
        with pytest.raises(QueryError, match="build the release anew") as caught:
            read(broken, "ASK {}")
        assert caught.value.status == 503
        assert not broken.ready
    finally:
        broken.close()


# -- cache and shares ------------------------------------------------------------------------------------------------


def counted(body: bytes, calls: list[int]) -> Answer:
    calls.append(1)
    return Answer(Kind("json"), iter([body]))


def test_equal_queries_are_answered_once() -> None:
    cache, calls = Cache(100, 50), list[int]()
    for _ in range(3):
        assert b"".join(cache.answer("a", lambda: counted(b"x" * 40, calls)).chunks) == b"x" * 40
    assert (len(calls), cache.hits) == (1, 2)
    for key in "bcd":  # 160 bytes: the first go
        cache.answer(key, lambda: counted(b"y" * 40, calls))
    cache.answer("d", lambda: counted(b"y" * 40, calls))
    assert len(calls) == 4
    cache.answer("a", lambda: counted(b"x" * 40, calls))
    assert len(calls) == 5


def test_what_is_large_is_not_kept_but_comes_whole() -> None:
    cache, calls = Cache(100, 50), list[int]()
    for _ in range(2):
        answer = cache.answer("a", lambda: Answer(Kind("json"), iter([b"x" * 40, b"y" * 40, b"z"])))
        assert not answer.whole
        assert b"".join(answer.chunks) == b"x" * 40 + b"y" * 40 + b"z"
    off = Cache(0, 50)
    for _ in range(2):
        assert off.answer("a", lambda: counted(b"x", calls)).whole
    assert (len(calls), off.hits) == (2, 0)


def test_those_who_come_meanwhile_wait_for_the_first() -> None:
    cache, calls, go = Cache(1000, 500), list[int](), threading.Event()

    def slow() -> Answer:
        go.wait(5)
        return counted(b"x", calls)

    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(b"".join(cache.answer("a", slow).chunks))) for _ in range(5)
    ]
    for one in threads:
        one.start()
    time.sleep(0.1)
    go.set()
    for one in threads:
        one.join()
    assert (found, len(calls)) == ([b"x"] * 5, 1)


def test_an_error_is_not_kept() -> None:
    cache, calls = Cache(1000, 500), list[int]()

    def fails() -> Answer:
        raise QueryError("busy", 503)

    with pytest.raises(QueryError):
        cache.answer("a", fails)
    assert b"".join(cache.answer("a", lambda: counted(b"x", calls)).chunks) == b"x"


def test_a_client_has_so_much_time_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("web.budget.monotonic", lambda: now)
    budget = Budget(60.0, 2)
    with budget.place("192.0.2.1", 0):
        pass
    budget.spend("192.0.2.1", 90.0)
    with pytest.raises(SpentError) as caught, budget.place("192.0.2.1", 0):
        pass
    assert caught.value.retry == 31
    with budget.place("192.0.2.2", 0):
        pass
    now += 31
    with budget.place("192.0.2.1", 0):
        pass
    budget.spend("2001:db8::1", 90.0)
    with pytest.raises(SpentError), budget.place("2001:db8::2", 0):
        pass  # of the same subscriber


def test_a_client_has_not_all_places() -> None:
    budget = Budget(60.0, 1)
    with budget.place("192.0.2.1", 0):
        with pytest.raises(SpentError, match="still running"), budget.place("192.0.2.1", 0.05):
            pass
        with budget.place("192.0.2.2", 0):
            pass
    with budget.place("192.0.2.1", 0):
        pass


def test_what_is_spent_is_429_with_a_time(store: Path) -> None:
    app = create_app(store, Settings(workers=2, spares=0, seconds=0.3, budget=0.2))
    try:
        client = app.test_client()
        assert ask(client, SLOW)[0] == 503
        answer = client.get("/sparql", query_string={"query": "ASK {?s ?p ?o}"})
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) >= 1
        assert json.loads(answer.get_data())["title"] == "too much query time used"
    finally:
        app.extensions["finegraph"].close()


# -- operations ------------------------------------------------------------------------------------------------------


def test_settings_are_read_and_checked() -> None:
    read = from_environment(
        {"FINEGRAPH_WORKERS": "3", "FINEGRAPH_METRICS": "1", "FINEGRAPH_PUBLIC_URL": "https://x.org"}
    )
    assert (read.workers, read.metrics, read.public_url) == (3, True, "https://x.org")
    for name, value in (("SECONDS", "soon"), ("METRICS", "yes"), ("BUDGET", "-1"), ("WAIT", "inf"), ("SECONDS", "nan")):
        with pytest.raises(SettingError, match=f"FINEGRAPH_{name}"):
            from_environment({f"FINEGRAPH_{name}": value})


def test_health_readiness_and_numbers(store: Path, tmp_path: Path) -> None:
    app = create_app(store, Settings(workers=1, metrics=True))
    try:
        client = app.test_client()
        assert client.get("/healthz").get_data() == b"ok\n"
        for _ in range(2):
            client.get("/sparql", query_string={"query": ROWS}).close()
        assert client.get("/readyz").status_code == 200
        told = client.get("/metrics").get_data().decode()
        assert "finegraph_cache_hits 1.0" in told
        assert 'finegraph_requests_total{part="sparql",status="200"} 2.0' in told
        assert "finegraph_query_seconds_count 1.0" in told
    finally:
        app.extensions["finegraph"].close()
    empty = create_app(tmp_path / "none", Settings()).test_client()
    assert empty.get("/healthz").status_code == 200
    assert empty.get("/readyz").status_code == 503
    assert empty.get("/metrics").status_code == 404


def test_the_log_has_no_query_and_no_address(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "finegraph.access")
    client = app.test_client()
    where = {"REMOTE_ADDR": "192.0.2.77"}
    client.get("/sparql", query_string={"query": "ASK { <x:secret> ?p ?o }"}, environ_overrides=where).close()
    line = json.loads(caplog.records[-1].message)
    assert "secret" not in caplog.text
    assert (line["client"], line["path"], line["status"]) == ("192.0.2.0", "/sparql", 200)
    assert line["bytes"] > 10
    assert len(line["query_digest"]) == 12


def test_the_log_tells_queries_where_it_is_set_and_answers_that_were_cut(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "finegraph.access")

    def broken(_environ: object, start: object) -> Iterator[bytes]:
        start("200 OK", [])  # type: ignore[operator]
        yield b"abc"
        raise QueryError("stopped")

    wrapped = Access(broken, queries=True, metrics=None)
    body = wrapped({"QUERY_STRING": "query=ASK", "PATH_INFO": "/sparql"}, lambda *_: None)  # type: ignore[arg-type]
    with pytest.raises(QueryError):
        list(body)
    body.close()  # type: ignore[attr-defined]
    line = json.loads(caplog.records[-1].message)
    assert (line["query"], line["cut"], line["bytes"]) == ("query=ASK", True, 3)
