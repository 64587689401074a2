"""Whether an act is one of data protection, privacy or AI conduct, or one under other law."""

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.news.event import Event
from loaders.news.facts import Facts
from loaders.news.lexicon import lexicon
from ontology.registry import Registry

_OTHER_FIELDS = re.compile(
    r"Competition|Consumer|Antitrust|Fair Trad|Kartell|Konkuren|concorrenza|concurrence|Competencia|Concorrência"
    r"|Concuren"
    r"|Mercato|Consum|Konsument|Ανταγωνισμ|Καταναλωτ|Verseny|Fogyasztóvéd|Tax|Labou?r"
    r"|Financial|Securities|Energy|Banking"
    r"|公正取引|消費者|공정거래|市场监督|公平交易|European Commission",
    re.IGNORECASE,
)
"""Names of authorities of competition and consumer law; the Commission enforces DMA, DSA and competition law."""
_OTHER_BODIES = re.compile(
    r"(?<!\w)(?:Ivass|IVASS|Consob|CONSOB|Banca d[’']Italia|Agenzia delle Entrate|Ispettorato del [Ll]avoro|Agcom|AGCOM"
    r"|CNMV|SEPBLAC|Sepblac|Banco de España|Agencia Tributaria|Inspección de Trabajo|Condusef|CONDUSEF|CNBV|Indecopi"
    r"|Superintendencia (?:Financiera|de Sociedades|de Bancos)|Osiptel|ENACOM"
    r"|AMF|ACPR|Autorité des marchés financiers|Arcom|ARCOM|Arcep|DGCCRF|URSSAF|FSMA|Finma|FINMA|CRTC|CSSF"
    r"|CMVM|ASAE|Banco de Portugal|Anatel|ANATEL|Anvisa|Aneel|CVM|Banco Central|Bacen|Ibama|Susep"
    r"|BNR|Banca Națională|ASF|ANAF|ANPC|ONJN|Inspecția Muncii|Consiliul Concurenței"
    r"|Consiliul Național al Audiovizualului)(?!\w)"
)
"""Authorities of finance, work, trade, telecommunications that no table holds."""
_TELECOMS = re.compile(r"Comunica(?:ções|zioni|ciones)|communications électroniques|Comunicații|Arcom|Arcep|Anatel")
"""Names of authorities of telecommunications and broadcasting: they act for other reasons, but where words say so."""
_BROAD = frozenset(("cn-cac",))  # its name says little: it acts under laws on content and security, too
_DATA_LAWS = frozenset(
    ("eu_gdpr", "gb_uk-gdpr", "eu_eprivacy", "eu_ai-act", "us_coppa", "us_coppa-rule", "kr_pipa", "jp_appi")
)


class Scope:
    """Judges the events of one page."""

    def __init__(self, facts: Facts, registry: Registry) -> None:
        self._registry = registry
        self._facts = facts
        self._words = (facts.words, lexicon("en")) if facts.words.language != "en" else (facts.words,)
        story = "\n".join(facts.page.text[one.start : one.end] for one in facts.sentences)
        self._inside, self._outside = self._count("in", story), self._count("out", story)
        named = {one.id for one in facts.mentions if one.type == "regulator"}
        owns = any(self._own(one) and one not in _BROAD for one in named)
        others = any(self._other(one) for one in named)
        self._inside, self._outside = self._inside + (owns and not self._outside), self._outside + others
        self._foreign = others and not owns

    def judged(self, events: Sequence[Event]) -> list[Event]:
        """Return events with their scope.

        What a data protection authority does is in. Of others, the words of the sentence and then those of the page
        decide; an authority that acts under other law in one sentence does so in the whole page.
        """
        scopes = [self._of(one) for one in events]
        acts = [(one.regulator, scope) for one, scope in zip(events, scopes, strict=True) if one.kind != "court_ruling"]
        other = {regulator for regulator, scope in acts if scope == "out" and regulator and not self._own(regulator)}
        only_other = bool(other) and not any(scope == "in" and regulator for regulator, scope in acts)
        return [
            replace(one, scope="out" if one.regulator in other or (only_other and not self._named(one)) else scope)
            for one, scope in zip(events, scopes, strict=True)
        ]

    def covers(self, authority: str | None, words: str) -> bool:
        """Tell whether words about an authority, or about nobody, speak of this field rather than of another."""
        if self._own(authority):
            return True
        inside, outside = self._count("in", words), self._count("out", words)
        return inside >= outside if inside != outside else self._inside > self._outside

    def _named(self, event: Event) -> bool:
        """Tell whether an event is that of an authority, not of a court or of nobody that is named."""
        return event.regulator is not None and event.kind != "court_ruling"

    def _of(self, event: Event) -> str:
        authority = self._registry.authorities.get(event.regulator or "")
        own = self._own(event.regulator)
        if own and self._says(event):
            return "in"
        sentence = self._facts.page.text[event.start : event.end]
        nobody = event.regulator is None and event.kind == "fine"
        if _OTHER_BODIES.search(sentence) or (nobody and self._foreign):
            return "out"
        if authority is not None and self._other(authority.id):
            return "in" if set(event.laws) & _DATA_LAWS else "out"
        inside, outside = self._count("in", sentence), self._count("out", sentence)
        inside += event.kind == "court_ruling" and self._names_own(event)
        if own:
            others = self._outside * 4 > self._inside  # the page speaks of another field, too
            other = others and (outside > inside or self._named_later(event) or self._outside > 1)
            return "out" if other else "in"
        telecoms = authority is not None and any(_TELECOMS.search(name) for _, name in authority.name)
        if telecoms or (inside != outside and 0 in {inside, outside}):
            return "in" if inside > outside or (telecoms and set(event.laws) & _DATA_LAWS) else "out"
        doubtful = event.regulator is None and inside <= outside
        return "in" if self._inside > self._outside * (2 if doubtful else 1) else "out"

    def _names_own(self, event: Event) -> bool:
        """Tell whether the words of an event name an authority of data protection: whose act a court judged."""
        named = [one.id for one in self._facts.mentions if event.start <= one.start < event.end]
        return any(self._own(one) and one not in _BROAD for one in named)

    def _named_later(self, event: Event) -> bool:
        """Tell whether the page names an event's authority only after it: it may do so to say that it had no part."""
        said = [one.start for one in self._facts.mentions if one.id == event.regulator]
        return bool(said) and min(said) > event.end

    def _own(self, id_: str | None) -> bool:
        """Tell whether an authority is one of data protection."""
        authority = self._registry.authorities.get(id_ or "")
        return authority is not None and (authority.general or authority.id in {"eu-edpb", "eu-edps", "us-hhs-ocr"})

    def _other(self, id_: str) -> bool:
        """Tell whether an authority is one of another field, by its name."""
        authority = self._registry.authorities.get(id_)
        return authority is not None and any(_OTHER_FIELDS.search(name) for _, name in authority.name)

    def _says(self, event: Event) -> bool:
        """Tell whether the words of an event name its authority; else the page last named it, or speaks as it."""
        return self._facts.voice == event.regulator or any(
            one.id == event.regulator and event.start <= one.start < event.end for one in self._facts.mentions
        )

    def _count(self, side: str, text: str) -> int:
        return sum(len({match.casefold() for match in _found(words.scope[side], text)}) for words in self._words)


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match[0] for match in pattern.finditer(text)]
