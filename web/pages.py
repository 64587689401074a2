"""The home page and its style."""

from flask import Blueprint, render_template

from web.state import state

bp = Blueprint("pages", __name__)

COUNTS = """
SELECT ?class (COUNT(?thing) AS ?n) WHERE {
  VALUES ?class { fg:Decision fg:CourtRuling fg:Regulator fg:Organisation fg:Provision fg:AISystem fg:Claim }
  ?thing a ?class
} GROUP BY ?class
"""
LATEST = """
SELECT ?act ?label ?date ?eur WHERE {
  ?act a fg:Decision ; skos:prefLabel ?label ; fg:decidedOn ?date ; fg:inCase ?case .
  FILTER(LANG(?label) = "en")
  OPTIONAL { ?act fg:payableEUR ?eur }
} ORDER BY DESC(STR(?date)) ?act LIMIT 10
"""


@bp.get("/")
def home() -> str:
    """Show counts, the latest AI decisions and where to go."""
    here = state()
    counts = {row["class"].rpartition("#")[2]: int(row["n"]) for row in here.select(COUNTS)}
    return render_template("home.html", counts=counts, latest=here.select(LATEST), release=here.release)
