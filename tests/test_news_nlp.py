"""The optional spaCy pipelines: off by default, and whatever is missing is said with its cure."""

import importlib.util
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from loaders.news import nlp, reader, unseen
from loaders.news.lexicon import lexicon
from loaders.source import Source, SourceError

SENTENCE = "The watchdog has now fined Blumenkontor Nord €5 million, said Jane Roe of Nantes."


@dataclass
class Stub:
    """A pipeline that knows one organisation and one person."""

    lang: str
    pipe_names: tuple[str, ...] = ("tok2vec", "ner")
    asked: int = 0

    def __call__(self, text: str) -> SimpleNamespace:
        self.asked += 1
        found = [
            SimpleNamespace(start_char=text.find(name), end_char=text.find(name) + len(name), label_=label)
            for name, label in (("Blumenkontor Nord", "ORG"), ("Board", "ORG"), ("Jane Roe", "PERSON"))
            if name in text
        ]
        return SimpleNamespace(ents=found)


MODELS = {
    "en_stub": Stub("en"),
    "xx_stub": Stub("xx"),
    "en_other": Stub("en"),
    "en_tags": Stub("en", ("tagger",)),
}


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp._pipelines.cache_clear()
    monkeypatch.delenv(nlp.SWITCH, raising=False)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a spaCy that has these models in the place of the real one."""

    def load(name: str, *, exclude: list[str]) -> Stub:
        assert "parser" in exclude
        if name == "en_old":
            raise OSError("E053")
        return MODELS[name]

    spacy = ModuleType("spacy")
    spacy.load = load  # type: ignore[attr-defined]
    spacy.util = SimpleNamespace(is_package=lambda name: name in {*MODELS, "en_old"})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "spacy", spacy)


def test_off_by_default() -> None:
    assert nlp.organisations(SENTENCE, "en") == []
    code = "import sys, loaders.news.reader, loaders.news.command, loaders.news.nlp; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_without_spacy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)  # as if it were not installed
    monkeypatch.setenv(nlp.SWITCH, "en_core_web_sm")
    with pytest.raises(SourceError, match=r"spaCy is not installed.*finegraph\[nlp\]"):
        nlp.check()
    path = tmp_path / "a.txt"
    path.write_text("A fine\n\nThe CNIL fined Google €5 million over its cookies, it said on Monday in Paris.\n")
    with pytest.raises(SourceError, match="spaCy is not installed"):  # the setting is at fault, not each page
        list(reader.load(Source("news", path)))


@pytest.mark.usefixtures("stub")
def test_organisations_of_a_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(nlp.SWITCH, "en_stub, en_other,xx_stub")
    assert [SENTENCE[start:end] for start, end in nlp.organisations(SENTENCE, "en")] == ["Blumenkontor Nord"]
    assert nlp.organisations(SENTENCE, "hu") == nlp.organisations(SENTENCE, "en")
    assert (MODELS["en_other"].asked, MODELS["xx_stub"].asked) == (0, 1)
    assert nlp.organisations(f"{SENTENCE} {'x ' * nlp.LONGEST}", "en") == []
    monkeypatch.setenv(nlp.SWITCH, "en_stub")
    assert nlp.organisations(SENTENCE, "hu") == []
    assert nlp.organisations("Watchdog Fines Blumenkontor Nord Over Cookies", "en") == []
    assert nlp.organisations("The Board was glad, as nobody of Nantes had told it of a fine.", "en") == []


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("fr_stub", "no model package 'fr_stub'"),
        ("/etc", "no model package '/etc'"),
        ("https://x.example/en_stub", "no model package"),
        ("en_tags", "finds no names"),
        ("en_old", "does not fit this spaCy"),
    ],
)
def test_wrong_names_are_told(monkeypatch: pytest.MonkeyPatch, named: str, words: str) -> None:
    monkeypatch.setenv(nlp.SWITCH, named)
    with pytest.raises(SourceError, match=words):
        nlp.check()


@pytest.mark.skipif(importlib.util.find_spec("en_core_web_sm") is None, reason="finegraph[nlp] is not installed")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_model_of_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(nlp.SWITCH, "en_core_web_sm")
    text = "The regulator fined the retailer Harrow Home Stores Ltd £2 million in May, said John Smith, who was glad."
    found = [text[start:end] for start, end in nlp.organisations(text, "en")]
    assert found == ["Harrow Home Stores Ltd"]


@pytest.mark.usefixtures("stub")
@pytest.mark.parametrize("switched", [False, True])
def test_a_pipeline_finds_whom_the_rules_miss(monkeypatch: pytest.MonkeyPatch, *, switched: bool) -> None:
    text = "A fine was due, and everybody waited beside Blumenkontor Nord that day."
    if switched:
        monkeypatch.setenv(nlp.SWITCH, "en_stub")
    span = unseen.Span(0, len(text), acts=True, paying=False, naming=False, told=True)
    found = [one.id for one in unseen.find(text, [span], [], lexicon("en"))]
    assert found == (["Blumenkontor Nord"] if switched else [])
