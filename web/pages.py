"""The home page and its style."""

from flask import Blueprint, render_template

from web.state import state

bp = Blueprint("pages", __name__)

# Reference data hold more than acts speak of: what took part in an act counts here.
COUNTS = """
SELECT ?key (COUNT(DISTINCT ?thing) AS ?n) WHERE {
  { ?thing a fg:Decision BIND("Decision" AS ?key) } UNION { ?thing a fg:CourtRuling BIND("CourtRuling" AS ?key) }
  UNION { ?act a fg:Decision ; fg:authority ?thing BIND("Regulator" AS ?key) }
  UNION { ?act a fg:Act ; fg:respondent ?thing BIND("Organisation" AS ?key) }
  UNION { ?case a fg:Case ; fg:concernsSystem ?thing BIND("AISystem" AS ?key) }
  UNION { ?act fg:foundViolationOf ?thing BIND("Provision" AS ?key) }
  UNION { ?thing a fg:Claim BIND("Claim" AS ?key) }
} GROUP BY ?key
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
    counts = {row["key"]: int(row["n"]) for row in here.select(COUNTS)}
    return render_template("home.html", counts=counts, latest=here.select(LATEST), release=here.release)
