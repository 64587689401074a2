"""A model of the Fellegi–Sunter kind, trained on the same records, to measure the rules against (splink).

It is no part of finegraph. Install it where nothing else is:
`uv pip install --target DIR splink`, then `PYTHONPATH=DIR python -m tests.bench.linking --splink`.
"""

import math
import resource
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from graph.money import euros
from loaders.resolve.blocks import _spans
from loaders.resolve.profile import Profile, profile
from ontology.records import Act
from ontology.registry import registry

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99)
_STEP = 1.15
"""Amounts of one bucket, or of its neighbours, may be one amount converted on another day."""

_SAME = "l.body = r.body and "
_TRAINING = (
    _SAME + "list_has_any(l.urls, r.urls)",
    _SAME + "list_has_any(l.dockets, r.dockets)",
    _SAME + "l.amount = r.amount and list_has_any(l.years, r.years)",
)


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training found: (row of the tracker, page of GDPRhub, probability), the surest first."""

    pairs: Sequence[tuple[str, str, float]]
    compared: int
    seconds: float
    memory: float
    """The most memory that the process ever held, in MB."""
    weights: Sequence[tuple[str, str, float]]
    """What the model learnt: comparison, level, match weight."""


def train(acts: Iterable[Act]) -> Trained:
    """Return the pairs of the tracker and GDPRhub by their probability."""
    splink = _splink()
    started = perf_counter()
    successors = {old: one.id for one in registry().authorities.values() for old in one.replaces}
    rows = [_row(profile(act), successors) for act in acts if act.document.source in {"cms", "gdprhub"}]
    api = splink.DuckDBAPI()
    tables = [
        api.register(_table([row for row in rows if row["source"] == name]), dataset_display_name=name)
        for name in ("cms", "gdprhub")
    ]
    linker = splink.Linker(tables, _settings(splink), log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(list(_TRAINING[:2]), recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    for rule in _TRAINING:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(warning_mode="never").as_record_list()
    pairs = sorted(
        ((one["unique_id_l"], one["unique_id_r"], one["match_probability"]) for one in found),
        key=lambda one: (-one[2], one),
    )
    seconds = perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Trained(pairs, len(found), seconds, memory, list(_weights(linker)))


def difference(one: Trained, other: Trained) -> float:
    """Return the greatest difference in the probability of a pair; above 1 where only one of them has it."""
    ours, theirs = ({(row, page): odds for row, page, odds in model.pairs} for model in (one, other))
    return max(abs(ours.get(pair, -1) - theirs.get(pair, -1)) for pair in ours | theirs) if ours else 0.0


def best(pairs: Sequence[tuple[str, str, float]], threshold: float) -> dict[str, str]:
    """Return for each row of the tracker its best page, where that page's best row is this one too."""
    sure = [one for one in pairs if one[2] >= threshold]
    rows: dict[str, str] = {}
    pages: dict[str, str] = {}
    for row, page, _ in sure:
        rows.setdefault(row, page)
        pages.setdefault(page, row)
    return {row: page for row, page in rows.items() if pages[page] == row}


def grouped(chosen: dict[str, str], group: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return the groups that its links make of the pages as the rules group these: equal ones are linked."""
    pages = {record: one for record, one in group.items() if record.startswith("gdprhub ")}
    alone = {record: ("row", record) for record in group if record not in pages}
    return alone | pages | {row: pages[page] for row, page in chosen.items()}


def _splink() -> Any:
    try:
        import splink  # noqa: PLC0415 - an option of a measurement
    except ImportError:
        sys.exit("splink is not installed: uv pip install --target DIR splink, then set PYTHONPATH=DIR")
    return splink


def _table(rows: Sequence[dict[str, Any]]) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - comes with splink

    text, texts = pa.string(), pa.list_(pa.string())
    fields = {"unique_id": text, "body": text, "first": text, "last": text, "amount": pa.float64()}
    lists = ("dockets", "urls", "orgs", "names", "years", "articles", "near")
    return pa.Table.from_pylist(rows, pa.schema([*fields.items(), *((name, texts) for name in lists)]))


def _row(one: Profile, successors: dict[str, str]) -> dict[str, Any]:
    """Return a record as the model sees it; nothing is empty but unknown."""
    act = one.act
    days = sorted(str(when.first) for when in one.dates)
    amount = euros(one.sums[0], one.dates[0] if one.dates else None) if one.sums else None
    spelt = {part for words in one.filed for part in _spans(words) if " " in part or len(part) >= 6}
    lists = {
        "dockets": {number for number in one.dockets | spelt if not number.startswith("etid ")},
        "urls": one.urls,
        "orgs": one.orgs,
        "names": one.names,
        "years": {day[:4] for day in days},
        "articles": {name.split("_par-")[0] for name in act.provisions},
        "near": _near(float(amount.amount)) if amount and amount.amount else (),
    }
    return {
        "unique_id": f"{act.document.source} {act.document.key}",
        "source": act.document.source,
        "body": f"{act.type} {successors.get(act.authority, act.authority)}",
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "amount": float(amount.amount) if amount else None,
        **{name: sorted(held) or None for name, held in lists.items()},
    }


def _near(amount: float) -> list[str]:
    bucket = round(math.log(amount, _STEP))
    return [str(one) for one in range(bucket - 1, bucket + 2)]


def _settings(splink: Any) -> Any:
    import splink.comparison_library as cl  # noqa: PLC0415

    gap = "least(" + ", ".join(
        f"abs(date_diff('day', cast({ours}_l as date), cast({theirs}_r as date)))"
        for ours in ("first", "last")
        for theirs in ("first", "last")
    ) + ")"  # fmt: skip
    shared = "len(list_intersect(articles_l, articles_r)) / len(list_distinct(list_concat(articles_l, articles_r)))"
    off = "abs(amount_l - amount_r) / greatest(amount_l, amount_r)"
    each = "list_transform(names_r, lambda b: jaro_winkler_similarity(a, b))"
    alike = f"list_max(flatten(list_transform(names_l, lambda a: {each})))"
    compare = {
        "docket": ("dockets", ["list_has_any(dockets_l, dockets_r)"]),
        "url": ("urls", ["list_has_any(urls_l, urls_r)"]),
        "name": ("names", ["list_has_any(orgs_l, orgs_r)", f"{alike} >= 0.92", f"{alike} >= 0.8"]),
        "amount": ("amount", ["amount_l = amount_r", f"{off} <= 0.02", f"{off} <= 0.15", f"{off} <= 0.4"]),
        "date": ("first", [f"{gap} <= {days}" for days in (0, 3, 14, 60, 400)]),
        "provisions": ("articles", [f"{shared} = 1", f"{shared} >= 0.5", f"{shared} > 0"]),
    }
    blocks = {"dockets": "dockets", "urls": "urls"}
    return splink.SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.CustomComparison(
                output_column_name=name,
                comparison_levels=[
                    {"sql_condition": f"{column}_l is null or {column}_r is null", "is_null_level": True},
                    *({"sql_condition": condition, "label_for_charts": condition[-20:]} for condition in conditions),
                    {"sql_condition": "ELSE", "label_for_charts": "else"},
                ],
            )
            for name, (column, conditions) in compare.items()
        ],
        blocking_rules_to_generate_predictions=[
            *(splink.block_on("body", column, arrays_to_explode=[column]) for column in blocks),
            splink.block_on("body", "near", "years", arrays_to_explode=["near", "years"]),
            splink.block_on("body", "orgs", "years", arrays_to_explode=["orgs", "years"]),
        ],
    )


def _weights(linker: Any) -> Iterable[tuple[str, str, float]]:
    model = linker.misc.save_model_to_json()
    for comparison in model["comparisons"]:
        for level in comparison["comparison_levels"]:
            m, u = level.get("m_probability"), level.get("u_probability")
            if m and u:
                yield comparison["output_column_name"], level["sql_condition"], math.log2(m / u)
