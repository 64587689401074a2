"""The form of the case files as a JSON Schema: what editors complete and check by, and what the reader asks for.

The order of the properties is the order in which `finegraph format` writes them. `schema.json` is this schema, for
editors: `python -m loaders.curated.schema` writes it anew.
"""

import functools
import json
from pathlib import Path
from typing import Any

from ontology.records import ROLES, TIERS
from ontology.terms import CURRENCIES, GROUP_OF
from ontology.vocabulary import concepts

FILE = Path(__file__).with_name("schema.json")
CHECKED = ("decided", "published", "authority", "respondents", "docket", "amount", "measures", "breaches", "outcome")
"""What a check can confirm or contradict."""
LANGUAGES = r"^[a-z]{2,3}(-[a-z0-9]+)*$"


def _text(words: str, pattern: str = r"\S") -> dict[str, Any]:
    # An editor takes 2020 for a number, the reader for text.
    return {"type": ["string", "integer"], "pattern": pattern, "description": words}


def _one(words: str, values: Any) -> dict[str, Any]:  # noqa: ANN401 - any collection of text
    return {"enum": sorted(values), "description": words}


def _list(words: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True, "description": words}


def _texts(words: str) -> dict[str, Any]:
    texts = {"type": "string", "pattern": r"\S"}
    return {
        "type": "object", "patternProperties": {LANGUAGES: texts}, "additionalProperties": False, "minProperties": 1,
        "description": f"{words}, by language (en, fr, …)",
    }  # fmt: skip


def _table(words: str, needed: tuple[str, ...], **properties: Any) -> dict[str, Any]:  # noqa: ANN401 - schemas
    return {
        "type": "object", "description": words, "properties": properties, "required": list(needed),
        "additionalProperties": False,
    }  # fmt: skip


_ID = r"^[a-z0-9][a-z0-9_-]{0,79}$"
_DATE = _text("a day, month or year, as precise as the source", r"^\d{4}(-\d{2}(-\d{2})?)?$")
_URL = _text("an address", r"^https?://\S+$")
_AMOUNT = {
    "type": ["string", "number"], "pattern": r"^\d+(\.\d+)?$", "description": "digits, with a point before decimals",
}  # fmt: skip
_NUMBER = {"type": ["string", "integer"], "pattern": r"^[1-9]\d*$", "description": "the measure's place in its act"}


def _measure() -> dict[str, Any]:
    payment = _table(
        "what is known of its payment", ("status", "date", "source"),
        status=_one("what the source says", concepts("payment-status")),
        date={**_DATE, "description": "the day of the source that says so"},
        source={**_URL, "description": "who says so"},
    )  # fmt: skip
    return _table(
        "one sanction; several companies fined apart are several measures", ("kind",),
        kind=_one("the kind", GROUP_OF),
        target=_text("whom it falls on, where the act has several respondents", _ID),
        amount=_AMOUNT,
        currency=_one("ISO 4217", CURRENCIES),
        paid={**_AMOUNT, "description": "what was paid where that is less: early payment"},
        per=_one("the period of a penalty for each day, month …", ("P1D", "P7D", "P1M", "P1Y")),
        grace=_text("the time to comply, as an ISO 8601 duration", r"^P"),
        start=_DATE, end=_DATE,
        secures=_list("the measures whose compliance the penalty is to secure", _NUMBER),
        liquidates=_text("the announced penalty that is now due, as ACT_NUMBER", _ID),
        basis=_text("the provision that it rests on, as LAW_…", _ID),
        payment=payment,
        note=_texts("what else there is to know, in our words"),
    )  # fmt: skip


def _respondent() -> dict[str, Any]:
    return {
        "description": "an organisation of organisations.csv, with its role where the act states one",
        "anyOf": [
            {"type": "string", "pattern": _ID},
            _table("an organisation and its role", ("id", "role"), id=_text("the organisation", _ID),
                   role=_one("its role", ROLES)),
        ],
    }  # fmt: skip


def _check() -> dict[str, Any]:
    return _table(
        "another source that was read to check this act", ("url", "read", "confirms"),
        url=_URL,
        read={**_DATE, "description": "when it was read"},
        confirms={"type": "array", "items": {"enum": list(CHECKED)}, "uniqueItems": True,
                  "description": "what it says too"},
        contradicts={"type": "object", "patternProperties": {f"^({'|'.join(CHECKED)})$": {"type": "string"}},
                     "additionalProperties": False, "description": "what it says otherwise, and what it says"},
        settled=_text("why this file keeps what it says where the source contradicts"),
    )  # fmt: skip


def _act() -> dict[str, Any]:
    return _table(
        "one dated decision, ruling, settlement or closed investigation", ("id", "type", "title", "summary", "sources"),
        id=_text("its name for ever: {country}-{authority}_{docket}, or _{date}-{respondent} without one", _ID),
        type=_one("decision of an authority, or ruling of a court", ("decision", "ruling")),
        authority=_text("the authority, where it is not the case's", _ID),
        court=_text("the court of a ruling, from authorities.csv", _ID),
        docket=_text("its number as the authority writes it"),
        ecli=_text("European case-law identifier", r"^ECLI:[A-Z]{2}:\S+$"),
        title=_texts("what it is called"),
        decided=_DATE, published=_DATE,
        respondents=_list("whom it is addressed to, where these are not the case's", _respondent()),
        follows=_text("the earlier act of the same matter that it goes on from", _ID),
        reviews=_text("the act that a ruling examines", _ID),
        outcome=_one("what a ruling did with it", concepts("outcome")),
        leaves=_one("how it leaves the measures, where the outcome does not say", concepts("measure-status")),
        breaches={
            "type": "object", "description": "the provisions found breached, by law of laws.csv", "minProperties": 1,
            "patternProperties": {_ID: _list("articles such as 5(1)(a)", {"type": ["string", "integer"]})},
            "additionalProperties": False,
        },
        measures=_list("what it imposes, in the act's order", _measure()),
        summary=_texts("one to three sentences of our own; English, and French for French-speaking authorities"),
        tier=_one("official (the default): read in the authority's or court's own publication; register: not",
                  TIERS[:2]),
        sources=_list("addresses: the official one first, then at least one second source", _URL),
        checks=_list("sources that were read to check it", _check()),
        reviewed={**_DATE, "description": "when a second reader last compared every field with the sources"},
        unverified=_text("what is missing to confirm it; such an act stays out of the consolidated record"),
    )  # fmt: skip


def _case() -> dict[str, Any]:
    def slugs(scheme: str) -> dict[str, Any]:
        return _list(f"{scheme} concepts (ontology/concepts.ttl)", {"enum": sorted(concepts(scheme))})

    return _table(
        "one matter before one authority", ("id", "title", "authority", "respondents", "acts"),
        id=_text("its name for ever: {country}-{authority}_{respondent}-{year opened}", _ID),
        title=_texts("what it is called"),
        authority=_text("the authority, from authorities.csv", _ID),
        respondents=_list("whom it is about", _respondent()),
        systems=_list("AI systems of systems.csv", {"type": "string", "pattern": _ID}),
        technologies=slugs("technology"), purposes=slugs("purpose"), data=slugs("data"),
        complainants=_list("organisations that complained; never a person", {"type": "string", "pattern": _ID}),
        opened=_DATE,
        status=_one("where it stands", concepts("case-status")),
        acts={"type": "array", "items": _act(), "minItems": 1, "description": "in order of time"},
    )  # fmt: skip


@functools.cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of a case file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Cases of the curated set, one file a jurisdiction",
        "type": "array",
        "items": _case(),
    }


def written() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
