"""The network around one thing: drawn by vis-network from pyvis' model, and as a table of the same."""

import json
from importlib.resources import files

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from graph.network import rings
from ontology.identifiers import BASE, IdentifierError, iri, split
from web.entities import path_of
from web.state import Open, state

bp = Blueprint("network", __name__)

MOST_NODES = 150
FULL_PICTURE = 40
LINKS = """SELECT ?a ?b (SAMPLE(?la) AS ?labelA) (SAMPLE(?lb) AS ?labelB) (COUNT(DISTINCT ?act) AS ?acts) WHERE {
  ?a fg:sanctioned ?b . ?act a fg:Decision ; fg:authority ?a ; fg:respondent ?b .
  ?b skos:prefLabel ?lb .
  OPTIONAL { ?a skos:altLabel ?short } OPTIONAL { ?a skos:prefLabel ?long FILTER(LANG(?long) = "en") }
  BIND(COALESCE(?short, ?long) AS ?la)
} GROUP BY ?a ?b"""
START = """SELECT ?thing (SAMPLE(?l) AS ?label) (COUNT(?other) AS ?n) WHERE {
  ?thing a fg:Organisation ; skos:prefLabel ?l . ?other fg:sanctioned ?thing
} GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 12"""
_LOOK = {"regulator": ("square", "#1f5a92"), "org": ("dot", "#8a3b12")}


@bp.get("/network")
def explore() -> str:
    """Show who acted against whom around ?focus= (a name such as org/clearview-ai, or an IRI)."""
    here = state()
    focus = request.args.get("focus", "").strip()
    if not focus:
        return render_template("network.html", start=here.select(START), focus=None)
    this = _focus(focus)
    steps = request.args.get("steps", "1")
    if steps not in {"1", "2"}:
        raise BadRequest("steps is 1 or 2")
    links = _around(here, this, int(steps))
    if not links:
        raise NotFound(f"{focus!r} has no links in the network of regulators and organisations")
    return _draw(this, links, int(steps))


def _focus(text: str) -> str:
    if split(text):
        return text
    type_, _, name = text.removeprefix(BASE).partition("/")
    try:
        return iri(type_, name)
    except IdentifierError as error:
        raise BadRequest(f"focus is a name such as org/clearview-ai; {error}") from error


def _around(here: Open, this: str, steps: int) -> list[dict[str, str]]:
    """Return the links near a thing: one query, then a walk in memory."""
    every = here.select(LINKS)
    near = {this}
    for _ in range(steps):
        near |= {row[side] for row in every for side in ("a", "b") if row["a"] in near or row["b"] in near}
    return [row for row in every if row["a"] in near and row["b"] in near]


def _draw(this: str, links: list[dict[str, str]], steps: int) -> str:
    import pyvis.network  # noqa: PLC0415 - half a second that only this page needs

    labels = {row[side]: row[f"label{side.upper()}"] for row in links for side in ("a", "b")}
    around: dict[str, set[str]] = {node: set() for node in labels}
    for row in links:
        around[row["a"]].add(row["b"])
        around[row["b"]].add(row["a"])
    close = {this} | around[this]
    ranked = sorted(labels, key=lambda node: (node not in close, -len(around[node]), node))
    if len(ranked) > FULL_PICTURE:  # far ends that link nothing would bury those that do
        ranked = [node for node in ranked if node in close or len(around[node]) > 1]
    shown = set(ranked[:MOST_NODES])
    spots = rings({node: around[node] & shown for node in shown}, this)
    drawing = pyvis.network.Network(height="100%", width="100%", cdn_resources="local")
    drawing.toggle_physics(False)  # noqa: FBT003 - pyvis' own signature
    for spot in spots:
        parts = split(spot.iri)
        shape, colour = _LOOK[parts[0] if parts else "org"]
        drawing.add_node(
            spot.iri,
            label=labels[spot.iri],
            x=spot.x,
            y=spot.y,
            shape=shape,
            color=colour,
            fixed=True,
            physics=False,
        )
    placed = {spot.iri for spot in spots}
    visible = sorted((row for row in links if {row["a"], row["b"]} <= placed), key=lambda row: (row["a"], row["b"]))
    drawing.edges = [{"from": row["a"], "to": row["b"], "value": int(row["acts"])} for row in visible]
    paths = {node: path_of(node) for node in placed}
    return render_template(
        "network.html",
        focus=this,
        label=labels[this],
        steps=steps,
        graph={"nodes": drawing.nodes, "edges": drawing.edges, "paths": paths},
        rows=visible,
        nodes=len(placed),
        hidden=len(labels) - len(placed),
    )


@bp.get("/static/vis-network.js")
def vis_network() -> Response:
    """Serve the drawing library out of pyvis' own folder."""
    script = files("pyvis") / "lib" / "vis-9.1.2" / "vis-network.min.js"
    response = Response(script.read_bytes(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@bp.app_template_filter("script_json")
def script_json(value: object) -> str:
    """Return JSON that may stand in a script element: no tag can begin in it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
