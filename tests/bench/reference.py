"""Count the reference data and see how many real spellings they resolve. `python -m tests.bench.reference`.

The 299 spellings of regulators are read from the real data beside the checkout, the respondents from the
tracker's dump there; without these only the tables are counted.
"""

import csv
from collections import Counter

from loaders.source import Source
from ontology import places, vocabulary
from ontology.lookup import lookup
from ontology.registry import registry
from tests.conftest import REAL
from tests.loading import read
from tests.test_lookup import VARIANTS, expected

TRACKER = REAL / "cms_enforcement_tracker" / "data4_2024-03-07.json"


def tables() -> None:
    """Print how much each table holds."""
    names = registry()
    kinds = Counter(one.type for one in names.authorities.values())
    abroad = {one.jurisdiction for one in names.authorities.values() if one.type == "regulator"}
    print(f"regulators {kinds['regulator']} in {len(abroad)} jurisdictions, courts {kinds['court']}")
    laws = Counter(one.jurisdiction for one in names.laws.values())
    print(f"laws {len(names.laws)} of {len(laws)} jurisdictions, provisions {len(names.provisions)}")
    sectors = Counter(one.sector for one in names.organisations.values())
    print(f"organisations {len(names.organisations)}: {dict(sectors.most_common(6))}; systems {len(names.systems)}")
    spellings = [len(one.spellings) for one in names.authorities.values()]
    print(f"spellings of authorities {sum(spellings)}, of organisations "
          f"{sum(len(one.spellings) + 1 for one in names.organisations.values())}, "
          f"of laws {sum(len(one.spellings) for one in names.laws.values())}")  # fmt: skip
    same = {"dpv": "w3id.org/dpv", "wikidata": "wikidata.org", "eli": "/eli/"}
    matches = [one.same_as for one in names.authorities.values()] + [one.same_as for one in names.laws.values()]
    matches += [one.same_as for one in names.organisations.values()] + [one.same_as for one in names.systems.values()]
    for name, part in same.items():
        print(f"with an identifier of {name}: {sum(any(part in iri for iri in one) for one in matches)}")
    print(f"with an LEI: {sum(bool(one.lei) for one in names.organisations.values())}")
    for scheme in ("kind", "status", "technology", "purpose", "data", "sector"):
        print(f"concepts of {scheme}: {len(vocabulary.concepts(scheme))}")


def regulators() -> None:
    """Print how the real spellings of regulators are resolved, and each that is not."""
    right = wrong = total = 0
    unsure = []
    with VARIANTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            country = {"EL": "GR"}.get(row["country"], row["country"])
            place = country if len(country) == 2 else places.named(country)
            found = lookup().authority(row["name"], place)
            total += 1
            right += found.id is not None and found.id == expected(place, row["name"])
            wrong += found.id is not None and found.id != expected(place, row["name"])
            if found.id is None:
                unsure.append(f"  {place or '--'}  {found}")
    print(f"spellings of regulators: {total}; right {right}, wrong {wrong}, none sure:")
    print("\n".join(unsure))


def respondents() -> None:
    """Print how many of the tracker's named respondents are registered organisations."""
    source = Source("cms", TRACKER)
    named = [who for act in read("cms", source).acts for who in act.respondents if who.org]
    known = sum(who.org in registry().organisations for who in named)
    print(f"respondents that the tracker names: {len(named)}, registered {known} ({known / len(named):.0%})")


def main() -> None:
    """Print all of it."""
    tables()
    if VARIANTS.exists():
        regulators()
    if TRACKER.exists():
        respondents()


if __name__ == "__main__":
    main()
