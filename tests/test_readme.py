"""The README of loaders/ shows how a source is added: what it shows works, and is short."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import loaders
from loaders.source import Source
from ontology.records import Act

README = (Path(str(loaders.__file__)).parent / "README.md").read_text(encoding="utf-8")
LONGEST = 60


def test_the_example_source_reads_its_file(tmp_path: Path) -> None:
    [settings] = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    [code] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    module = ModuleType("example")
    exec(code, module.__dict__)  # noqa: S102 - our own README
    path = tmp_path / "fines.csv"
    path.write_text("docket,day,company,fine\nX-1,17.10.2022,Clearview AI,EUR 20 million\nX-2,soon,Acme Ltd,high\n")
    source = Source("example", path, config=tomllib.loads(settings))
    acts: Iterator[Act] = module.load(source)
    one, two = acts
    assert (one.id, one.authority, str(one.decided), str(one.measures[0].money)) == (
        "fr-cnil_x-1", "fr-cnil", "2022-10-17", "EUR 20,000,000",
    )  # fmt: skip
    assert one.respondents[0].org == "clearview-ai"
    assert (two.decided, two.measures[0].money, two.measures[0].amount_text) == (None, None, "high")
    assert [(problem.record, problem.field) for problem in source.problems] == [("X-2", "day"), ("X-2", "fine")]


def test_adding_a_source_takes_sixty_lines() -> None:
    _, _, section = README.partition("## Adding a source\n")
    assert len(section.strip().splitlines()) <= LONGEST


def test_every_loader_has_a_line() -> None:
    folders = {path.parent.name for path in Path(str(loaders.__file__)).parent.glob("*/source.toml")}
    assert {name for name in folders if f"`{name}/`" not in README} == set()
