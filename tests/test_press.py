"""Press items read by hand, and what the build derives of payments."""

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph import payment
from graph.consolidate import worths
from loaders import build
from loaders.press import reader as press
from loaders.source import SourceError
from ontology.dates import Date
from ontology.records import Act, Claim, Document, Measure, Money, Story

PRESS = """
key = "2025-10-28-paper"
headline = "Not paid"
language = "en"
published = "2025-10-28"
publisher = "The Paper"
url = "https://paper.example/not-paid"
[[claim]]
text = "did not pay"
about = "clearview-ai"
status = "unpaid"
measures = ["MEASURE"]
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("MEASURE", "fr-cnil_san-2022-019_9", "no measure 'fr-cnil_san-2022-019_9' is on record"),
        ("MEASURE", "es-aepd_ps-00120-2021_1", "falls on 'mercadona'"),
        ('status = "unpaid"', 'status = "broke"', "no payment status"),
        ('about = "clearview-ai"', 'about = "nobody"', "no organisation"),
        ('about = "clearview-ai"', 'about = "clearview-ai"\nauthority = "fr-cnill"', "no authority"),
        ("text =", "words =", "unknown keys"),
        ("headline", "title", "unknown keys"),
        ("published =", "# published =", "lacks 'published'"),
    ],
)
def test_a_press_item_at_fault_refuses_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, words: str
) -> None:
    folder = tmp_path / "press"
    folder.mkdir()
    text = PRESS.replace(old, new).replace("MEASURE", "fr-cnil_san-2022-019_1")
    (folder / "x.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(press, "ITEMS", folder)
    with pytest.raises((build.BuildError, SourceError), match=words):
        build.build(tmp_path / "store")


def paid(amount: int | None, day: Date | None, items: list[tuple[Date, str]]) -> set[tuple[str, str]]:
    """Return what is derived of one fine that an act of `day` says was paid, and that press items speak of."""
    document = Document("news", "x", "news", "x")
    fine = Measure(
        1, "administrative-fine", "openai", Money(Decimal(100), "EUR"),
        paid=Money(Decimal(amount), "EUR") if amount is not None else None,
    )  # fmt: skip
    act = Act("a", document, "decision", "fr-cnil", (), published=day, measures=(fine,))
    stories = [
        Story(document, "x", "en", when, (Claim(1, "x", None, None, "openai", status=status, measures=("a_1",)),))
        for when, status in items
    ]
    lines = "".join(payment.statements(stories, worths([act])))
    found = {
        quad.predicate.value.rpartition("#")[2]: quad.object for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS)
    }
    return {(name, str(value.value).rpartition("/")[2]) for name, value in found.items()}


@pytest.mark.parametrize(
    ("amount", "day", "items", "status"),
    [
        (80, Date(2022, 3, 1), [], "paid"),
        (0, Date(2022, 3, 1), [], None),
        (None, None, [(Date(2022, 11, 30), "unpaid")], "unpaid"),
        (80, Date(2022), [(Date(2022, 11, 30), "unpaid")], "unpaid"),
        (80, Date(2022, 11, 30), [(Date(2022, 11, 30), "unpaid")], "unpaid"),
        (None, None, [(Date(2022, 11, 30), "unpaid"), (Date(2022, 11, 30), "paid")], None),
        (None, None, [(Date(2022, 11, 30), "unpaid"), (Date(2023, 1, 1), "paid")], "paid"),
    ],
)
def test_the_newest_evidence_tells_of_payment(
    amount: int | None, day: Date | None, items: list[tuple[Date, str]], status: str | None
) -> None:
    found = dict(paid(amount, day, items))
    assert found.get("paymentStatus") == status
    assert ("statusAsOf" in found) == (status is not None)
