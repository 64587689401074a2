"""The web application: protocol, limits, pages, and one real browser."""

import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from flask import Flask
from flask.testing import FlaskClient
from rdflib import Graph
from waitress.server import create_server

from web import commands, create_app
from web.settings import Settings

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a fg:Decision }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(STR(?a) < STR(?f)) }"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_sparql_speaks_what_the_client_likes(client: FlaskClient, accept: str, media: str) -> None:
    answer = client.get("/sparql", query_string={"query": COUNT}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media


def test_sparql_by_get_form_and_body(client: FlaskClient) -> None:
    accept = {"Accept": "application/json"}
    by_get = client.get("/sparql", query_string={"query": COUNT}, headers=accept).get_data()
    by_form = client.post("/sparql", data={"query": COUNT}, headers=accept).get_data()
    by_body = client.post("/sparql", data=COUNT, content_type="application/sparql-query", headers=accept).get_data()
    assert by_get == by_form == by_body
    assert int(json.loads(by_get)["results"]["bindings"][0]["n"]["value"]) > 30


@pytest.mark.parametrize(("syntax", "parser"), [("ttl", "turtle"), ("nt", "nt")])
def test_construct_gives_rdf(client: FlaskClient, syntax: str, parser: str) -> None:
    query = "CONSTRUCT { ?s a fg:Case } WHERE { ?s a fg:Case }"
    answer = client.get("/sparql", query_string={"query": query, "format": syntax})
    assert len(Graph().parse(data=answer.get_data(), format=parser)) > 20


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 400, "no SPARQL query"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 400, "SERVICE is refused"),
        ("SELECT * { S\\u0045RVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 400, "SERVICE is refused"),
        ("SELECT * WHERE { ?s ?p", 400, "not SPARQL"),
        ("SELECT * " + "{" * 2000, 400, "nested deeper"),
        ("SELECT * { ?s ?p '" + "x" * 9000 + "' }", 400, "longer than"),
    ],
)
def test_bad_queries_are_refused_in_words(client: FlaskClient, query: str, status: int, words: str) -> None:
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert words in json.loads(answer.get_data())["detail"]


def test_an_endless_query_is_stopped_and_the_next_answered(client: FlaskClient) -> None:
    started = time.monotonic()
    answer = client.post("/sparql", data={"query": ENDLESS}, headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert "stopped after 2 s" in json.loads(answer.get_data())["detail"]
    assert time.monotonic() - started < 8
    assert client.post("/sparql", data={"query": COUNT}, headers={"Accept": "text/csv"}).status_code == 200


def test_things_as_html_and_turtle(client: FlaskClient) -> None:
    path = "/id/decision/fr-cnil_san-2022-019"
    page = client.get(path, headers={"Accept": "text/html"}).get_data(as_text=True)
    assert "<h1>CNIL decision SAN-2022-019</h1>" in page
    assert "GDPR Enforcement Tracker ETid-9001" in page
    by_suffix, by_accept = client.get(f"{path}.ttl"), client.get(path, headers={"Accept": "text/turtle"})
    assert by_suffix.get_data() == by_accept.get_data()
    assert len(Graph().parse(data=by_suffix.get_data(), format="turtle")) > 15
    moved = client.get("/id/decision/fr-cnil_etid-9001")
    assert (moved.status_code, moved.headers["Location"]) == (301, path)


@pytest.mark.parametrize("path", ["/id/org/nobody", "/id/planet/mars", "/id/org/..", "/data/manifest.json", "/nothing"])
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept": "text/html"}).status_code == 404


def test_network_draws_and_tells_the_same(client: FlaskClient) -> None:
    page = client.get("/network?focus=org/clearview-ai").get_data(as_text=True)
    data = json.loads(page.partition('id="graph">')[2].partition("</script>")[0])
    table = page.partition('<table id="links">')[2]
    assert len(data["edges"]) == table.count("<tr>") - 1
    acts = {(edge["from"], edge["to"]): edge["value"] for edge in data["edges"]}
    base = "https://w3id.org/finegraph"
    assert acts[f"{base}/regulator/fr-cnil", f"{base}/org/clearview-ai"] == 3  # decisions; the case is none
    assert acts[f"{base}/regulator/gr-hdpa", f"{base}/org/clearview-ai"] == 1
    for node in data["nodes"]:
        assert f'href="{data["paths"][node["id"]]}"' in table
        assert {"x", "y"} <= node.keys()
    assert client.get("/network?focus=org/clearview-ai").get_data(as_text=True) == page


@pytest.mark.parametrize("focus", ["<script>alert(1)</script>", "org/a b", "javascript:alert(1)"])
def test_a_bad_focus_is_escaped(client: FlaskClient, focus: str) -> None:
    answer = client.get("/network", query_string={"focus": focus}, headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_data_files_are_the_release(client: FlaskClient, store: Path) -> None:
    for name in ("finegraph.ttl", "finegraph.trig"):
        with client.get(f"/data/{name}") as answer:
            assert answer.get_data() == (store / "current" / name).read_bytes()


def test_pages_ask_no_third_party(client: FlaskClient) -> None:
    for path in ("/", "/sparql", "/network?focus=org/clearview-ai", "/data"):
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        page = answer.get_data(as_text=True)
        assert 'src="http' not in page
        assert 'rel="stylesheet" href="http' not in page


@pytest.fixture(scope="module")
def site(store: Path) -> Iterator[str]:
    made = create_app(store, Settings(workers=2, spares=1, seconds=2.0))
    server = create_server(made, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"  # type: ignore[union-attr]
    server.close()
    made.extensions["finegraph"].close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_sparqlwrapper_as_a_client(site: str) -> None:
    from SPARQLWrapper import CSV, JSON, SPARQLWrapper  # noqa: PLC0415

    client = SPARQLWrapper(f"{site}/sparql")
    client.setQuery(COUNT)
    client.setReturnFormat(JSON)
    answer: Any = client.queryAndConvert()
    assert int(answer["results"]["bindings"][0]["n"]["value"]) > 30
    client.setReturnFormat(CSV)
    answer = client.queryAndConvert()
    assert answer.startswith(b"n\r\n")


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_in_a_real_browser(site: str) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on the PATH (on Debian: apt install chromium)")
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        strict, asked, said = browser.new_context(), set(), []
        page = strict.new_page()
        page.on("request", lambda request: asked.add(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{site}/network?focus=org/clearview-ai")
        for _ in range(50):
            drawn = page.evaluate("document.getElementById('picture').dataset.drawn")
            if drawn:
                break
            time.sleep(0.1)
        assert int(drawn) == page.evaluate("JSON.parse(document.getElementById('graph').textContent).nodes.length")
        assert page.locator("#picture canvas").count() == 1
        assert {url.partition("/network")[0].partition("/static")[0] for url in asked} == {site}
        assert said == []
        page.goto(f"{site}/sparql")
        page.get_by_role("button", name="Run").click()
        assert page.get_by_role("row").count() > 20
        things = ("/id/org/clearview-ai", "/id/regulator/fr-cnil", "/id/decision/fr-cnil_san-2022-019")
        open_context = browser.new_context(bypass_csp=True)
        for path in ("/", "/network?focus=org/clearview-ai", "/sparql", "/data", "/model", *things, "/nothing"):
            page = open_context.new_page()
            page.goto(site + path)
            assert page.locator("h1").count() == 1
            found = Axe().run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
            page.close()
        browser.close()


ODD = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix co: <https://w3id.org/finegraph/org/> .
@prefix g: <https://w3id.org/finegraph/graph/> .
@prefix void: <http://rdfs.org/ns/void#> .
co:odd skos:prefLabel "<script>alert(1)</script>" , <urn:x> ; rdfs:seeAlso "http://[bad/" , <javascript:alert(1)> .
co:moved dct:isReplacedBy <urn:elsewhere> , "nowhere" , co:moved ; skos:prefLabel "Moved" .
g:ontology { <urn:c> a owl:Class ; rdfs:label <urn:label> . [] a owl:Class . }
g:dataset { <urn:p> void:class <urn:c> ; void:entities "many" . }
"""


@pytest.mark.parametrize("text", [ODD, "<urn:g> { <urn:s> <urn:p> 1 }"], ids=["odd", "named graphs only"])
def test_pages_hold_with_files_of_any_kind(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.trig"
    path.write_text(text, encoding="utf-8")
    commands._load(tmp_path / "store", [path])
    app = create_app(tmp_path / "store")
    client = app.test_client()
    try:
        for page in ("/", "/model", "/model.ttl", "/data", "/sparql", "/network"):
            assert client.get(page, headers={"Accept": "text/html"}).status_code == 200, page
        if text is ODD:
            shown = client.get("/id/org/odd")
            assert shown.status_code == 200
            assert "<script>alert" not in shown.get_data(as_text=True)
            assert 'href="javascript:' not in shown.get_data(as_text=True)
            assert client.get("/id/org/moved").status_code == 200
    finally:
        app.extensions["finegraph"].close()


def test_a_concept_leads_to_its_place_on_the_model_page(client: FlaskClient) -> None:
    answer = client.get("/id/technology/chatbot")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/model#technology-chatbot")
    assert client.get("/id/technology/magic").status_code == 404
    page = client.get("/model").get_data(as_text=True)
    assert 'id="technology-chatbot"' in page
    assert page.count('<div class="term"') >= 96
    assert "SELECT" in unquote_plus(page)
    assert client.get("/model.ttl").mimetype == "text/turtle"


def test_an_entity_page_groups_names_and_shows_its_sources(client: FlaskClient) -> None:
    page = client.get("/id/regulator/fr-cnil").get_data(as_text=True)
    assert page.count("also known as") == 1
    assert "/network?focus=regulator/fr-cnil" in page
    assert "/network?focus" not in client.get("/id/org/247-ai").get_data(as_text=True)  # nothing to draw
    assert "https://www.cnil.fr/" in page
    assert 'lang="fr"' in page
    assert client.get("/id/regulator/fr-cnil.ttl").get_data(as_text=True).count("dct:source") == 1
