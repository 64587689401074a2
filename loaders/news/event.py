"""What a page says that an authority, a court or a plaintiff did to a company: one event, and where it stands."""

from dataclasses import dataclass
from decimal import Decimal

from ontology.dates import Date

KINDS = (
    "fine", "overdue_penalty", "settlement", "order", "ban", "reprimand", "investigation", "lawsuit", "court_ruling",
)  # fmt: skip
STATUSES = (
    "imposed", "proposed", "appealed", "annulled", "upheld", "reduced", "paid", "unpaid", "suspended", "settled",
    "rejected",
)  # fmt: skip
MONEY_KINDS = frozenset(("fine", "overdue_penalty", "settlement"))
"""Kinds that have an amount, where a page states one."""


@dataclass(frozen=True, slots=True)
class Event:
    """One act against one company, as a page reports it.

    `regulator`, `company` and `laws` are ids of the registry, `company_name` is how the page names the company.
    `least` to `most` is what the amount as worded may mean. `start` and `end` are where its words stand in
    `Page.text`; `at` is where in them its amount or
    its word of enforcement stands. `method` says what read them. `points` count what
    speaks for the event, from which `confidence` follows.
    """

    kind: str
    regulator: str | None
    company: str | None
    company_name: str | None
    amount: Decimal | None
    currency: str | None
    amount_text: str | None
    laws: tuple[str, ...]
    provisions: tuple[str, ...]
    date: Date | None
    status: str | None
    start: int
    end: int
    method: str
    confidence: Decimal
    scope: str = "in"
    flags: tuple[str, ...] = ()
    main: bool = False
    country: str | None = None
    technology: str | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    at: int = 0
    points: int = 0
