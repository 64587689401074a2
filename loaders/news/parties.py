"""The company, the authority and the court that a sentence speaks of, named in it or not."""

import re
from collections.abc import Sequence

from loaders.news import organisations
from loaders.news.beside import addressed
from loaders.news.clause import Clause
from loaders.news.lexicon import UNSPACED, Trigger
from loaders.news.mention import Mention, folded
from loaders.news.places import places
from loaders.news.sums import Sum
from loaders.news.told import only_told
from ontology.lookup import lookup

_AND = re.compile(
    r"\s*(?:,|,? (?:and|und|et|y|e|en|och|i|oraz|και|és|și|şi|as well as)"
    r"|＆|&|と|、|や|及び|および|和|与|與|及|와|과) ?"
    r"(?:(?:the|la|le|die|der|den|het|de|a|o|az) |l’|l')?"
)
_BOTH = re.compile(
    r"두 (?:학교|회사|기업|업체|대학|기관|병원|은행)|양사|[两兩]公司|両[社行校]"
    r"|[两兩]家(?:公司|企业|企業|業者|平台|银行|銀行|医院|醫院)"
)
"""The two that were named, in Korean, Chinese and Japanese."""
_PLACED = re.compile(
    r"\s*(?:\d+[.)、．]|[-•*–●■▼・])?\s*[【\[(（]?(?P<place>[^\W\d][\w ]{1,20}?)[】\])）]?\s*(?:[:：|]|[–—-]\s)"
)
_NEXT = 2  # sentences in which a page says whom it does not name
_OFTEN = 3  # times that a page says an unknown name which it is about
_WITH_FINES = frozenset(("order", "ban", "reprimand"))
_NOUN = 6  # letters of a noun that says which authority is meant


class Parties(Clause):
    """Who a sentence speaks of: named in it, or last spoken of."""

    def _company(self) -> Mention | None:
        if self.companies:
            return self.companies[0]
        if len(both := self._both()) > 1:
            return both[0]
        meant = self.words.actor["company"].search(self.said)
        unnamed = self.words.actor["unnamed_company"].search(self.said) if self.unnamed else None
        if unnamed and not (meant and meant.start() < unnamed.start()):
            return None
        if self.sentence.role == "item" and self.sentence.first and not meant and self._listed():
            return None  # each item has its own
        return None if self.focus.unnamed else self.focus.company

    def _listed(self) -> bool:
        """Tell whether an item of a list named the company last spoken of, rather than the text before the list."""
        named = self.focus.company
        if named is None:
            return False
        return any(one.role == "item" for one in self.facts.sentences if one.start <= named.start < one.end)

    def _both(self) -> list[Mention]:
        """Return the two companies that the page named last, where a sentence speaks of "the two"."""
        if self.companies or not _BOTH.search(self.said):
            return []
        start = self.sentence.start
        before = [one for one in self.facts.mentions if one.type == "company" and one.end <= start]
        return list(reversed(self._distinct([*reversed(before)])))[-2:]

    def _main_company(self, found: Sequence[Mention]) -> Mention:
        if not self.sentence.triggers:
            return found[0]
        trigger = self.sentence.triggers[0]
        return min(found, key=lambda one: self._distance(one, trigger.start, trigger.end))

    def _regulator(self, trigger: Trigger | Sum) -> Mention | None:
        if self.regulators:
            return min(self.regulators, key=lambda one: self._distance(one, trigger.start, trigger.end))
        return self._meant() or self._of_place() or self._of_row() or self.focus.authority or self._sole()

    def _of_row(self) -> Mention | None:
        """Return the authority of the place that heads a row or an item: "Spain: a hotel was fined"."""
        head = _PLACED.match(self.said)
        if head is None or not (self.row or self.sentence.first):
            return None
        found = {
            place
            for start, end, place, _ in places(head["place"], self.words.language)
            if end - start == len(head["place"])
        }
        general = lookup().general(found.pop()) if len(found) == 1 else None
        return Mention("regulator", general, self.sentence.start, self.sentence.start, "place") if general else None

    def _sole(self) -> Mention | None:
        """Return the one authority that the page names, be it further on."""
        regulators = (one for one in self.facts.mentions if one.type == "regulator")
        named = {one.id: one for one in regulators if not only_told(self.text, one)}
        return next(iter(named.values())) if len(named) == 1 else None

    def _of_place(self) -> Mention | None:
        """Return the authority of a place that the sentence names, where the page names that authority."""
        known = {one.id: one for one in self.focus.regulators}
        found = {lookup().general(place) for _, _, place, _ in places(self.said, self.words.language)}
        here = [known[one] for one in found if one in known]
        return here[0] if len(here) == 1 else None

    def _meant(self) -> Mention | None:
        """Return the last-named authority whose name has the noun by which the sentence speaks of it (同委員会)."""
        said = self.words.actor["authority"].search(self.said)
        noun = folded(said[0].split()[-1].removeprefix("同")) if said else ""
        if len(noun) < (2 if self.words.language in UNSPACED else _NOUN) or self.facts.voice:
            return None
        for one in self.focus.regulators:
            authority = self.registry.authorities[one.id]
            if any(noun in folded(spelling.text) for spelling in authority.spellings):
                return one
        return None

    def _focus_court(self) -> Mention | None:
        return self.focus.court if self.words.actor["court"].search(self.said) else None

    def _somebody(self) -> bool:
        """Tell whether the page speaks of a company that it does not name, here or in the next sentences."""
        number = self.sentence.number
        end = self.facts.sentences[min(number + _NEXT, len(self.facts.sentences) - 1)].end
        somebody = self.words.actor["unnamed_company"].search(self.text, self.sentence.start, end)
        return self.focus.unnamed or somebody is not None

    def _each(self, act: Sum, company: Mention | None) -> list[Mention | None]:
        """Return whom a sum is of: all companies of the sentence where it is "each" one's."""
        if act.use == "each":
            return list(self._distinct(self.companies))
        return [company]

    def _joined(self, company: Mention | None) -> list[Mention | None]:
        """Return a company and those that "and" joins to it, or both that are meant."""
        if company in (both := self._both()):
            return [*both]
        found = [company]
        if company in self.companies:
            at = self.companies.index(company)
            for before, after in ((-1, -1), (1, 1)):
                here = at
                while 0 <= here + before < len(self.companies) and self._adjoin(here, here + after):
                    here += after
                    if self.companies[here].id not in {one.id for one in found if one}:
                        found.append(self.companies[here])
        return found

    def _adjoin(self, one: int, other: int) -> bool:
        first, second = sorted((self.companies[one], self.companies[other]), key=lambda mention: mention.start)
        return bool(_AND.fullmatch(self.text, first.end, second.start))

    def _sure(self, company: Mention | None, kind: str) -> bool:
        """Tell whether words beside an unknown name say that it is the addressee, where no sum does."""
        if company is None or company.role != "unseen" or self.words.language in UNSPACED:
            return True
        if organisations.formed().match(self.text, company.start):
            return True
        spoken_of = company in self.companies or self.words.actor["company"].search(self.said) is not None
        if kind in _WITH_FINES and spoken_of and company.id in self.focus.addressees:
            return True
        if organisations.bodies().match(self.text, company.start) and self.regulators and self._alone():
            return True
        if self.focus.section and self.focus.company is not None and company.id == self.focus.company.id:
            return True
        said = [one for one in self.facts.mentions if one.id == company.id]
        return len(said) >= _OFTEN or any(addressed(self.text, one.start, one.end, self.words.language) for one in said)

    def _alone(self) -> bool:
        """Tell whether the sentence names one company."""
        return len({one.id for one in self.companies}) == 1

    def _addressed(self, company: Mention | None) -> bool:
        return company is not None or self.unnamed or self.focus.unnamed

    def _plaintiff(self, trigger: Trigger) -> Mention | None:
        """Return the authority that sues: named before the word, or "the authority"."""
        plaintiff = next((one for one in self.regulators if one.start < trigger.start), None)
        said = plaintiff is None and self.words.actor["authority"].search(self.said)
        return self.focus.authority if said else plaintiff

    def _settling(self, trigger: Trigger) -> Mention | None:
        return self._nearest(self.regulators, trigger) or (None if self._private() else self.focus.authority)

    def _private(self) -> bool:
        """Tell whether the sentence speaks of a suit: what ends it is settled with plaintiffs, no authority."""
        return any(one.kind == "lawsuit" for one in self.sentence.triggers)
