"""The network of enforcement: one projection, its measures, and the neighbourhood that a page draws.

Measures are pure functions on networkx graphs. They describe *published* enforcement: countries
differ in what they publish, so a high degree may mean openness rather than severity.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import networkx as nx

from graph import triples
from graph.consolidate import Worth
from ontology.identifiers import iri
from ontology.records import Act
from ontology.terms import FG, GROUP_OF

PLACES = Decimal("0.000001")
TURN = 0.3  # radians a ring is turned against the one inside it, so that no link hides behind a node


def regulators_and_organisations(acts: Sequence[Act], measures: Sequence[Worth]) -> "nx.Graph[str]":
    """Return the two-mode projection: an authority and an organisation it acted against are linked.

    Nodes are IRIs with `kind` (regulator or org); edges carry `acts` (a count) and `eur` (the sum of
    payable amounts on record, as imposed, float).
    """
    graph: nx.Graph[str] = nx.Graph()
    payable: dict[str, float] = {}
    for one in measures:
        if one.group == "payable" and one.euros:
            payable[one.act.id] = payable.get(one.act.id, 0.0) + float(one.euros.amount)
    for act in acts:
        if act.type != "decision" or all(GROUP_OF[one.kind] == "closure" for one in act.measures):
            continue
        authority = iri("regulator", act.authority)
        named = [who.org for who in act.respondents if who.org]
        for org in named:
            other = iri("org", org)
            graph.add_node(authority, kind="regulator")
            graph.add_node(other, kind="org")
            edge = graph.get_edge_data(authority, other, {"acts": 0, "eur": 0.0})
            share = payable.get(act.id, 0.0) / len(named)
            graph.add_edge(authority, other, acts=edge["acts"] + 1, eur=edge["eur"] + share)
    return graph


def degree(graph: "nx.Graph[str]") -> dict[str, int]:
    """Return each node's number of neighbours.

    >>> degree(nx.Graph([("a", "x"), ("a", "y")]))
    {'a': 2, 'x': 1, 'y': 1}
    """
    return dict(graph.degree())


def betweenness(graph: "nx.Graph[str]") -> dict[str, Decimal]:
    """Return Freeman's betweenness (1977), normalised to 0..1, rounded to six places.

    In the path x - a - y, every shortest path between the two others runs through a:

    >>> {node: str(value) for node, value in betweenness(nx.Graph([("a", "x"), ("a", "y")])).items()}
    {'a': '1.000000', 'x': '0.000000', 'y': '0.000000'}
    """
    return {node: Decimal(value).quantize(PLACES) for node, value in nx.betweenness_centrality(graph).items()}


def statements(graph: "nx.Graph[str]") -> Iterator[str]:
    """Yield the two measures of each node as N-Quads of the default graph."""
    degrees, between = degree(graph), betweenness(graph)
    for node in sorted(graph):
        here = triples.Subject(node).add(FG.degree, triples.typed(str(degrees[node]), "integer"))
        yield from here.add(FG.betweenness, triples.number(between[node]))


@dataclass(frozen=True, slots=True)
class Spot:
    """A node with its place in the picture (pixels from the middle)."""

    iri: str
    x: float
    y: float
    step: int


def rings(links: Mapping[str, set[str]], focus: str, radius: float = 260.0) -> list[Spot]:
    """Place a focus in the middle and its neighbours on rings by distance, sorted: same set, same picture.

    >>> [(spot.iri, round(spot.x), round(spot.y)) for spot in rings({"a": {"b"}, "b": {"a"}}, "a")]
    [('a', 0, 0), ('b', 0, -260)]
    """
    spots = [Spot(focus, 0.0, 0.0, 0)]
    seen, ring, step = {focus}, [focus], 0
    while ring:
        step += 1
        ring = sorted({other for node in ring for other in links.get(node, ())} - seen)
        seen |= set(ring)
        reach = max(radius * step, len(ring) * 26 / (2 * math.pi))
        for n, node in enumerate(ring):
            angle = 2 * math.pi * n / len(ring) - math.pi / 2 + TURN * (step - 1)
            spots.append(Spot(node, round(reach * math.cos(angle), 1), round(reach * math.sin(angle), 1), step))
    return spots
