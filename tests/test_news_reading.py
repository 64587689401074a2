"""From a page's sentences to what is written of it: sentences, provisions, scope, JSON, claims, and the command."""

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cli import main
from loaders.news import output, reader
from loaders.news.draft import Part
from loaders.news.event import KINDS, STATUSES, Event
from loaders.news.explain import explained
from loaders.news.facts import facts
from loaders.news.page import composed
from loaders.news.provisions import provisions
from loaders.news.reading import Reading, read
from loaders.news.scope import Scope
from loaders.news.sentences import sentences
from loaders.source import Source
from ontology.dates import Date
from ontology.records import Claim
from ontology.registry import registry
from tests.annotated import kept
from tests.conftest import FIXTURES

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl", "sv", "el", "hu", "ro", "ja", "ko", "zh")
DAY = Date(2024, 5, 3)


def page_of(text: str, language: str = "en", published: Date | None = DAY) -> Reading:
    """Return the reading of a page of one paragraph."""
    page = composed("A headline", [Part("paragraph", text)], key="page", language=language, published=published)
    return read(page, registry())


def act(found: Reading, **changed: Any) -> Event:
    """Return an act that the paragraph of a page tells of: a fine of the CNIL, unless told otherwise."""
    block = found.page.blocks[-1]
    made = Event(
        "fine", "fr-cnil", "google-llc", "Google", Decimal(50_000_000), "EUR", "50 million euros", (), (), None,
        "imposed", block.start, block.end, "rules", Decimal("0.9"), main=True,
    )  # fmt: skip
    return replace(made, **changed)


def with_acts(text: str, *changes: dict[str, Any], published: Date | None = DAY) -> Reading:
    """Return the reading of a page as if it told of some acts and no others."""
    found = page_of(text, published=published)
    return replace(found, events=tuple(act(found, **one) for one in changes))


# -- sentences -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ("The U.S. FTC fined Acme Inc. in May.", "It paid.")),
        ("en", ("It went to Acme Inc.", "The fine was high.")),
        ("en", ("Mr. Smith of No. 5 said so.", "Art. 6 was breached.")),
        ("en", ("The judge said no.", "The firm paid.")),  # "no." is a word too
        ("en", ("It was 1.5 million.", "2 firms paid.")),
        ("en", ("J. K. Brown spoke.", "Done.")),
        ("en", ("“It paid.”", "The firm said so.")),
        ("en", ('He asked: "Why?', 'We paid!"', "(Nobody did.)", "So what…", "It ended.")),
        ("en", ("It paid €5m. the firm said.",)),  # a small letter goes on
        ("fr", ("Selon l’art. 5 du RGPD, M. Dupont paie.", "« C’est cher. »", "La société fait appel.")),
        ("de", ("Am 11. November wurden nach Art. 83 Abs. 5 bzw. z.B. Art. 6 5 Mio. Euro fällig.", "Das ist viel.")),
        ("de", ("Die Nr. 3 zahlt.", "„Wir klagen.“", "Der Sprecher schwieg.")),
        ("de", ("Er zahlt.", "»Wir klagen«, hieß es.")),
        ("de", ("Es traf u.a. Facebook.", "Es zahlt.")),
        ("es", ("La AEPD multó (p.ej. núm. 5) con 3.000 euros.", "¿Pagará?", "¡No!", "Recurrirá.")),
        ("it", ("Enel S.p.A. Roma paga secondo gli artt. 5 e 6.", "Il Garante ha deciso.")),
        ("nl", ("Uber B.V. betaalt 10 mln. euro, bijv. Meta niet.", "De AP is streng.")),
        ("pl", ("Zgodnie z art. 5 ust. 1 lit. f RODO kara 10 tys. zł dla Acme sp. z o.o.", "Spółka odwołała się.")),
        ("pt", ("A Acme pagou.", "O art. 5 foi violado.")),
        ("sv", ("Bolaget, bl.a. Klarna, bröt mot art. 5.", "IMY (dnr. 12) beslutade.")),
        ("el", ("Κατά το άρ. 5 παρ. 1 του ΓΚΠΔ, πρόστιμο 2 εκ. ευρώ.", "Η εταιρεία πλήρωσε.")),
        ("hu", ("A NAIH 2020. március 3. napján 20 M Ft bírságot szabott ki az Acme Kft. cégre.", "Ez sok.")),
        ("ro", ("Conform art. 5 alin. 1, amendă nr. 3.", "Operatorul a plătit.")),
        ("ko", ("과징금을 부과했다.", "회사는 항소했다.", "3.5억 원이다.")),
    ],
)
def test_sentences(language: str, parts: tuple[str, ...]) -> None:
    text = " ".join(parts)
    assert [text[start:end] for start, end in sentences(text, 0, len(text), language)] == [*parts]


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("ja", ("委員会は勧告した。", "「遺憾だ。」", "会社は述べた。", "終わり")),
        ("zh", ("罚款五百万元。", "公司将上诉！", "真的吗？", "是的。")),
    ],
)
def test_sentences_without_spaces(language: str, parts: tuple[str, ...]) -> None:
    text = "".join(parts)
    assert [text[start:end] for start, end in sentences(text, 0, len(text), language)] == [*parts]


@pytest.mark.parametrize("text", ["", "   \n ", "\u3000"])
def test_where_nothing_is_said_there_is_no_sentence(text: str) -> None:
    assert list(sentences(text, 0, len(text), "en")) == []


def test_lines_end_sentences_and_offsets_are_those_of_the_whole_text() -> None:
    text = "Menu\nOne\n\ntwo. Three\nFooter"
    start, end = text.index("One"), text.index("\nFooter")
    assert [text[a:b] for a, b in sentences(text, start, end, "en")] == ["One", "two.", "Three"]


@pytest.mark.parametrize("unit", ["fined Google 5 million euros and ", "word", "一", "a          "])
def test_a_sentence_without_end_is_cut(unit: str) -> None:
    text = unit * (8_000 // len(unit))
    spans = list(sentences(text, 0, len(text), "en"))
    assert all(0 < end - start <= 1_500 for start, end in spans)
    assert re.sub(r"\s", "", "".join(text[start:end] for start, end in spans)) == re.sub(r"\s", "", text)


@given(st.text(alphabet=st.sampled_from("aÉ5. \n!?…。」“”«»()„')Inc")), st.sampled_from(LANGUAGES))
def test_sentences_of_any_text_leave_nothing_out(text: str, language: str) -> None:
    spans = list(sentences(text, 0, len(text), language))
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in spans)
    assert spans == sorted(spans)
    assert "".join(text[a:b] for a, b in spans).replace(" ", "").replace("\n", "") == re.sub(r"[ \n]", "", text)


# -- provisions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "The firm breached Articles 5(1)(a), 6 and 13 of the GDPR.", "5 6 13"),
        ("en", "It violated Article 32 GDPR.", "32"),
        ("fr", "des manquements aux articles 5, 12 et 32 du RGPD", "5 12 32"),
        ("de", "Verstoß gegen Art. 5 Abs. 1 lit. f und Art. 32 DSGVO", "5 32"),
        ("de", "gegen Artikel 6 Absatz 1 der DSGVO", "6"),
        ("es", "infracción de los artículos 5.1.f) y 32 del RGPD", "5 32"),
        ("it", "violazione degli articoli 5, 6 e 9 del GDPR", "5 6 9"),
        ("it", "violazione degli artt. 5, par. 1, lett. a), 6 e 13 del GDPR", "5 6 13"),
        ("nl", "overtreding van de artikelen 12 en 15 AVG", "12 15"),
        ("nl", "artikel 6 van de AVG", "6"),
        ("pt", "violação dos artigos 5.º e 32.º do RGPD", "5 32"),
        ("pl", "naruszenie art. 5 ust. 1 lit. f oraz art. 32 ust. 1 RODO", "5 32"),
        ("pl", "na podstawie artykułu 33 RODO", "33"),
        ("sv", "brott mot artikel 32 och artikel 33 i GDPR", "32 33"),
        ("sv", "artiklarna 5 och 6 i dataskyddsförordningen", "5 6"),
        ("el", "παράβαση των άρθρων 5 και 32 του ΓΚΠΔ", "5 32"),
        ("el", "άρθρο 6 παρ. 1 του ΓΚΠΔ", "6"),
        ("hu", "a GDPR 5. cikk (1) bekezdésének és a 32. cikknek a megsértése", "5 32"),
        ("ro", "încălcarea art. 5 alin. (1) lit. f) și art. 32 din RGPD", "5 32"),
        ("ja", "GDPR第5条および第32条に違反", "5 32"),
        ("zh", "违反《通用数据保护条例》第5条和第32条", "5 32"),
        # powers, procedure and fines are no breach, and the GDPR has 99 articles
        ("en", "It was fined under Article 83 and Article 58(2) GDPR, see Article 60.", ""),
        ("en", "art 101 GDPR; Article 2021 GDPR", ""),
        ("en", "An article about the GDPR of 5 pages.", ""),
    ],
)
def test_articles_of_the_gdpr(language: str, text: str, found: str) -> None:
    page = composed("", [Part("paragraph", text)], language=language)
    told = [(law, number) for _, law, number in provisions(facts(page, registry()))]
    assert list(dict.fromkeys(told)) == [("eu_gdpr", number) for number in found.split()]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "l’article 82 de la loi Informatique et Libertés", [("fr_loi-78-17", "82")]),
        ("de", "Art. 6 DSGVO und § 26 BDSG", [("eu_gdpr", "6"), ("de_bdsg", "26")]),
        ("en", "Section 5 of the FTC Act", [("us_ftc-act", "5")]),
        ("ko", "개인정보보호법 제29조 위반", [("kr_pipa", "29")]),
        ("ja", "個人情報保護法第23条に違反", [("jp_appi", "23")]),
        ("en", "Article 5 was breached.", []),  # of which law?
    ],
)
def test_provisions_go_with_the_nearest_law(language: str, text: str, found: list[tuple[str, str]]) -> None:
    page = composed("", [Part("paragraph", text)], language=language)
    assert [(law, number) for _, law, number in provisions(facts(page, registry()))] == found


def test_an_article_goes_with_the_page_where_its_sentence_names_no_law() -> None:
    page = composed("Fine under GDPR", [Part("paragraph", "It was long. It breached Article 6.")])
    assert list(provisions(facts(page, registry()))) == [(2, "eu_gdpr", "6")]


# -- scope ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "regulator", "scope"),
    [
        # data protection authorities act under their own law, whatever else is said
        ("en", "The CNIL fined Google; an antitrust case over a cartel goes on.", "fr-cnil", "in"),
        ("en", "The ICO fined Google.", "gb-ico", "in"),
        ("en", "The EDPB ordered Google.", "eu-edpb", "in"),
        # authorities of competition and consumer law
        ("en", "AGCM fined Google for unfair practices.", "it-agcm", "out"),
        ("en", "AGCM fined Google over personal data.", "it-agcm", "out"),
        ("en", "AGCM fined Google for a breach of the GDPR.", "it-agcm", "in"),
        ("en", "The CMA fined Google over a purchase.", "gb-cma", "out"),
        ("en", "The European Commission fined Google under the Digital Services Act.", "eu-commission", "out"),
        ("fr", "L’Autorité de la concurrence a sanctionné Google.", "fr-autorite-concurrence", "out"),
        ("de", "Das Bundeskartellamt verhängte eine Geldbuße.", "de-bkarta", "out"),
        ("ko", "공정거래위원회는 구글에 과징금을 부과했다.", "kr-kftc", "out"),
        # others by their words
        ("en", "The FTC fined Google over children's privacy.", "us-ftc", "in"),
        ("en", "The FTC fined Google over a cartel.", "us-ftc", "out"),
        ("en", "The FTC fined Google.", "us-ftc", "out"),
        ("en", "The FTC fined Google. Its privacy rules were broken.", "us-ftc", "in"),
        ("en", "A court fined Google over facial recognition.", None, "in"),
        ("en", "A court fined Google over taxes.", None, "out"),
        ("fr", "Un tribunal a condamné Google pour ses cookies.", None, "in"),
    ],
)
def test_scope(language: str, text: str, regulator: str | None, scope: str) -> None:
    found = page_of(text, language)
    first = next(one for one in found.facts.sentences if one.role == "paragraph")
    laws = tuple(one.id for one in first.named("law"))
    told = act(found, regulator=regulator, laws=laws, start=first.start, end=first.end)
    assert [one.scope for one in Scope(found.facts, registry()).judged([told])] == [scope]


def test_an_authority_that_acts_under_other_law_once_does_so_in_the_whole_page() -> None:
    found = page_of("The FTC sued Google over a cartel. The FTC also named privacy. The CNIL fined Google.")
    one, other, third = (sentence for sentence in found.facts.sentences if sentence.role == "paragraph")
    told = [
        act(found, regulator=authority, start=sentence.start, end=sentence.end)
        for authority, sentence in (("us-ftc", one), ("us-ftc", other), ("fr-cnil", third))
    ]
    assert [event.scope for event in Scope(found.facts, registry()).judged(told)] == ["out", "out", "in"]
    assert [event.scope for event in Scope(found.facts, registry()).judged(told[1:])] == ["in", "in"]


# -- output --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "key", "names"),
    [
        ("en", "Britain's privacy regulator fined it.", "regulators", ["ICO"]),
        ("it", "Lo dice il Consiglio di Stato.", "courts", ["Consiglio di Stato"]),
        ("fr", "Le RGPD le veut.", "laws", ["GDPR"]),
        ("en", "Canada's Privacy Act says so.", "laws", ["Privacy Act (CA)"]),
        ("en", "The UK's Data Protection Act 2018 says so.", "laws", ["DPA 2018 (UK)"]),
        ("en", "Meta, or Meta Platforms, was told.", "companies", ["Meta Platforms"]),
        ("en", "Users of Instagram were told.", "companies", ["Meta Platforms"]),
        ("en", "Google LLC and Google were told.", "companies", ["Google LLC"]),
        ("en", "It rained.", "companies", []),
    ],
)
def test_names_are_written_as_people_write_them(language: str, text: str, key: str, names: list[str]) -> None:
    assert output.prediction(page_of(text, language), registry())[key] == names


def test_authorities_of_one_short_form_are_told_apart() -> None:
    text = "Denmark's Datatilsynet acted. Norway's Datatilsynet, the Norwegian authority, did not."
    danish, norwegian = output.prediction(page_of(text), registry())["regulators"]
    assert danish != norwegian
    assert "Datatilsynet" in danish
    assert "Datatilsynet" in norwegian


def test_each_name_and_sum_is_written_once() -> None:
    found = page_of("The ICO and the ICO fined Google £5m, £5 million and £1,234.56. Google?")
    told = output.prediction(found, registry())
    assert (told["regulators"], told["money"]) == (["ICO"], [(5_000_000, "GBP"), (1234.56, "GBP")])


@pytest.mark.parametrize(
    ("amount", "written"),
    [(Decimal(50_000_000), "50000000"), (Decimal("1E+3"), "1000"), (Decimal("12.50"), "12.5"), (None, "null")],
)
def test_whole_amounts_are_written_whole(amount: Decimal | None, written: str) -> None:
    (event,) = output.prediction(with_acts("It paid.", {"amount": amount}), registry())["events"]
    assert json.dumps(event["amount"]) == written


def test_an_act_is_written_as_the_annotated_pages_have_it() -> None:
    found = with_acts(
        "The CNIL fined Google.",
        {"laws": ("eu_gdpr",), "provisions": ("eu_gdpr:6", "us_ftc-act:5"), "flags": ("total",)},
        {"regulator": None, "company": None, "company_name": "Acme Widgets", "main": False, "date": Date(2020)},
        {"company": None, "company_name": None},
    )
    known, unseen, nobody = output.prediction(found, registry())["events"]
    assert (known["regulator"], known["company"], known["laws"]) == ("CNIL", "Google", ["GDPR"])
    assert (known["amount"], known["currency"], known["amount_text"]) == (50_000_000, "EUR", "50 million euros")
    assert known["ids"] == {"regulator": "fr-cnil", "company": "google-llc"}
    assert (known["provisions"], known["flags"], known["date"]) == (["GDPR:6", "FTC Act:5"], ["total"], "2024-05-03")
    assert known["evidence"] == found.page.text[known["start"] : known["end"]] == "The CNIL fined Google."
    assert (unseen["regulator"], unseen["company"], unseen["date"]) == (None, "Acme Widgets", "2020")
    assert unseen["ids"] == {"regulator": None, "company": None}
    assert nobody["company"] is None


def test_only_the_main_act_has_the_day_of_its_page() -> None:
    events = output.prediction(with_acts("It paid.", {}, {"main": False}), registry())["events"]
    assert [one["date"] for one in events] == ["2024-05-03", None]
    assert output.prediction(with_acts("It paid.", {}, published=None), registry())["published"] is None


# -- explanation ---------------------------------------------------------------------------------------------------


def test_an_explanation_shows_what_was_found_where_and_what_was_made_of_it() -> None:
    found = page_of("In May the CNIL fined Google 50 million euros.\u00a0The firm appealed.")
    sentence = found.facts.sentences[1]
    told = (act(found, start=sentence.start), act(found, company=None, company_name=None, start=0))
    lines = list(explained(replace(found, events=told)))
    assert lines[0] == "page  language en, published 2024-05-03, 2 acts"
    marked = next(line for line in lines if line.startswith("In "))
    for mark in ("[CNIL = regulator fr-cnil]", "[fined = fine]", "[Google = company google-llc]",
                 "[50 million euros = sum act EUR 50000000]"):  # fmt: skip
        assert mark in marked
    line = lines[lines.index(marked) + 1]
    assert line.startswith("    -> fine EUR 50,000,000, by fr-cnil, against google-llc, no date")
    assert "against nobody named" in "\n".join(lines)


def test_an_explanation_holds_the_whole_story_on_lines_of_its_own() -> None:
    for one in kept("tune").values():
        lines = list(explained(one))
        assert not any("\n" in line for line in lines)
        bare = re.sub(r"\[([^\[\]]*) = [^\[\]]*\]", r"\1", " ".join(lines))
        assert sum(one.page.text[s.start : s.end].replace("\n", " ") in bare for s in one.facts.sentences) > 0.9 * len(
            one.facts.sentences
        )


# -- claims --------------------------------------------------------------------------------------------------------


def claims(found: Reading) -> Sequence[Claim]:
    return reader.story(found, Source("news", Path("page.txt"))).claims


@pytest.mark.parametrize(
    ("date", "main", "published", "since", "until"),
    [
        (None, True, Date(2024, 5, 3), "2024", "2024-05-03"),  # the press tells of it soon
        (None, True, Date(2024, 2, 1), "2023", "2024-02-01"),  # some are kept back for months
        (None, False, Date(2024, 5, 3), None, "2024-05-03"),  # told in passing: it may be years old
        (None, True, None, None, None),
        (Date(2024, 4, 20), True, Date(2024, 5, 3), "2024", "2024-04-20"),  # the day on which it became known
        (Date(2024, 4, 20), False, Date(2024, 5, 3), "2024", "2024-04-20"),
        (Date(2022, 3, 9), False, Date(2024, 5, 3), "2022-03-09", "2022-03-09"),  # a day of its own
        (Date(2022), False, Date(2024, 5, 3), "2022", "2022"),
        (Date(2022, 3, 9), True, None, "2022-03-09", "2022-03-09"),
    ],
)
def test_the_period_of_a_claim(
    date: Date | None, published: Date | None, since: str | None, until: str | None, *, main: bool
) -> None:
    (claim,) = claims(with_acts("It paid.", {"date": date, "main": main}, published=published))
    assert tuple(str(one) if one else None for one in (claim.since, claim.until)) == (since, until)


@pytest.mark.parametrize(
    ("change", "kind", "scope"),
    [
        ({}, "administrative-fine", "single-measure"),
        ({"regulator": None}, "administrative-fine", "single-measure"),
        ({"regulator": "us-ftc"}, "civil-penalty", "single-measure"),
        ({"kind": "overdue_penalty"}, "periodic-penalty-payment", "single-measure"),
        ({"kind": "settlement"}, "settlement-payment", "single-measure"),
        ({"kind": "settlement", "amount": None}, None, "proceeding"),
        ({"kind": "order"}, "order-to-comply", "single-measure"),
        ({"kind": "ban"}, "processing-ban", "single-measure"),
        ({"kind": "reprimand"}, "reprimand", "single-measure"),
        ({"kind": "investigation"}, None, "proceeding"),
        ({"kind": "lawsuit"}, None, "proceeding"),
        ({"kind": "court_ruling"}, None, "proceeding"),
        ({"status": "proposed"}, "administrative-fine", "proceeding"),
    ],
)
def test_what_a_claim_speaks_of(change: dict[str, Any], kind: str | None, scope: str) -> None:
    (claim,) = claims(with_acts("It paid.", change))
    assert (claim.kind, claim.scope) == (kind, scope)


@pytest.mark.parametrize("status", STATUSES)
def test_the_status_of_a_claim_is_one_of_its_payment(status: str) -> None:
    (claim,) = claims(with_acts("It paid.", {"status": status}))
    of_payment = {"paid", "unpaid", "annulled", "upheld", "reduced", "suspended"}
    assert claim.status == (status if status in of_payment else None)


def test_a_claim_says_who_what_how_much_and_where_it_stands() -> None:
    found = with_acts("It paid.", {"least": Decimal(49), "most": Decimal(51), "laws": ("eu_gdpr", "fr_loi-78-17")})
    (claim,) = claims(found)
    assert (claim.about, claim.authority, claim.law) == ("google-llc", "fr-cnil", "eu_gdpr")
    assert (claim.least, claim.most, claim.currency) == (Decimal(49), Decimal(51), "EUR")
    assert claim.confidence == Decimal("0.9")
    assert claim.text == found.page.text[claim.start : claim.end] == "It paid."


@pytest.mark.parametrize(
    "change",
    [{"scope": "out"}, {"company": None}, {"company": None, "company_name": None}],
    ids=["out", "unseen", "nobody"],
)
def test_acts_that_make_no_claim(change: dict[str, Any]) -> None:
    assert claims(with_acts("It paid.", change)) == ()


def test_claims_are_numbered_as_the_page_tells_them() -> None:
    text = "The CNIL fined Google. The CNIL ordered Meta to stop."
    found = page_of(text)
    first, second = (one for one in found.facts.sentences if one.role == "paragraph")
    told = (
        act(found, start=second.start, end=second.end, company="meta-platforms", company_name="Meta", kind="order"),
        act(found, start=first.start, end=first.end),
    )
    made = claims(replace(found, events=told))
    assert [(one.number, one.about) for one in made] == [(1, "google-llc"), (2, "meta-platforms")]
    assert made == claims(replace(found, events=told[::-1]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The CNIL found that Google breached the GDPR.", [("fr-cnil", "eu_gdpr")]),
        ("Regulators in France and Italy held Google to be unlawful.", [("fr-cnil", None), ("it-garante", None)]),
        ("Under the GDPR, Google lost. The ICO ruled that Google infringed UK GDPR.", [("gb-ico", "gb_uk-gdpr")]),
        ("The CNIL found no breach by Google.", []),
        ("The CNIL found that Google had not violated the GDPR.", []),
        ("The CNIL found a letter from Google.", []),
        ("It was found that Google breached the GDPR.", []),  # by whom?
        ("The CNIL found that somebody breached the GDPR.", []),
    ],
)
def test_findings(text: str, found: list[tuple[str, str | None]]) -> None:
    made = claims(replace(page_of(text), events=()))
    assert [(one.authority, one.law) for one in made] == found
    assert {one.scope for one in made} <= {"finding"}


def test_a_total_over_several_acts_is_a_claim_of_its_own() -> None:
    found = replace(page_of("Authorities have fined Clearview AI a total of 100 million euros."), events=())
    (claim,) = claims(found)
    assert (claim.scope, claim.about, claim.currency) == ("total", "clearview-ai", "EUR")
    assert claim.least is not None
    assert claim.most is not None
    assert claim.least <= 100_000_000 <= claim.most
    assert (claim.authority, claim.kind, claim.since, claim.until) == (None, None, None, DAY)


def test_companies_that_no_table_knows_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(
        "CNIL fines Kekse Nord GmbH\n\nThe CNIL has fined Kekse Nord GmbH 50,000 euros.\n", encoding="utf-8"
    )
    source = Source("news", path)
    (story,) = reader.load(source)
    assert story.claims == ()
    assert source.unknown["organisation", "Kekse Nord"] == 1
    assert [(one.level, one.message) for one in source.problems] == [("notice", "no claim about a known company found")]


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [("It was fined.", "en", True), ("It rained.", "en", False), ("Une amende a été infligée.", "fr", True),
     ("課徴金を科した。", "ja", True), ("", "en", False)],
)  # fmt: skip
def test_words_of_enforcement_are_soon_seen(text: str, language: str, *, right: bool) -> None:
    assert reader.may_claim(text, language) is right


def test_every_claim_of_the_annotated_pages_quotes_its_page() -> None:
    source = Source("news", Path("page.txt"))
    count = 0
    for key, found in kept("tune").items():
        made = reader.story(found, source).claims
        assert [one.number for one in made] == [*range(1, len(made) + 1)], key
        assert [one.start for one in made] == sorted(one.start for one in made if one.start is not None), key
        inside = [(block.start, block.end) for block in found.page.blocks]
        for one in made:
            assert one.start is not None
            assert one.end is not None
            assert one.text == found.page.text[one.start : one.end] != "", key
            assert any(start <= one.start < one.end <= end for start, end in inside), key
            assert one.about in registry().organisations, key
            assert one.authority is None or one.authority in registry().authorities, key
            assert 0 < one.confidence <= 1, key
            assert (one.least is None) == (one.most is None), key
        count += len(made)
    assert count > 50


def test_every_act_of_the_annotated_pages_is_well_formed_and_read_twice_the_same() -> None:
    for key, found in kept("tune").items():
        events = output.prediction(found, registry())["events"]
        assert {one["kind"] for one in events} <= {*KINDS}, key
        assert {one["status"] for one in events} <= {*STATUSES, "opened", None}, key
        assert {one["scope"] for one in events} <= {"in", "out"}, key
        for one in events:
            assert one["evidence"] == found.page.text[one["start"] : one["end"]] != "", key
            assert one["amount_text"] is None or one["amount_text"] in found.page.text, key
            assert one["amount"] is None or one["amount"] > 0, key
    for key in ("101", "110", "120", "130", "301", "343", "401", "451"):
        assert read(kept("tune")[key].page, registry()) == kept("tune")[key]


# -- the command ---------------------------------------------------------------------------------------------------


STORY = (
    "CNIL fines Google\n\n"
    "PARIS, 3 May 2024 - The French authority CNIL has fined Google 50 million euros over cookies, it said.\n"
)


def test_extract_writes_a_file_a_page_and_one_of_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my story.txt"
    path.write_text(STORY, encoding="utf-8")
    out = tmp_path / "a" / "b"
    assert main(["extract", str(path), "--out", str(out), "--trig", "--explain"]) == 0
    assert sorted(one.name for one in out.iterdir()) == ["my story.pred.json", "my story.trig"]
    told = json.loads((out / "my story.pred.json").read_text(encoding="utf-8"))
    assert [(one["kind"], one["regulator"], one["company"], one["amount"]) for one in told["events"]] == [
        ("fine", "CNIL", "Google", 50_000_000)
    ]
    said = capsys.readouterr().out
    assert "my story.pred.json: 1 acts of 1 in scope" in said
    assert "[CNIL = regulator fr-cnil]" in said
    quads = list(ox.parse(path=str(out / "my story.trig"), format=ox.RdfFormat.TRIG))
    assert "50 million euros" in "".join(one.object.value for one in quads if isinstance(one.object, ox.Literal))
    assert any("doc_news_" in str(one.graph_name) for one in quads)


def test_extract_of_a_folder_and_of_a_feed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.txt").write_text(STORY, encoding="utf-8")
    (folder / "deep" / "two.md").write_text(f"# {STORY}", encoding="utf-8")
    (folder / "notes.pdf").write_bytes(b"%PDF")
    shutil.copy(FIXTURES / "news" / "feed.rss", folder)
    out = tmp_path / "out"
    assert main(["extract", str(folder), "--out", str(out)]) == 0
    names = {one.name for one in out.iterdir()}
    assert {"one.pred.json", "two.pred.json"} < names
    items = names - {"one.pred.json", "two.pred.json"}
    assert len(items) > 1  # each item of a feed has its own
    assert all(one.startswith("feed-") for one in items)
    assert capsys.readouterr().out.count("in scope") == len(names)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "no article found on this page; save the page of one story"),
        ("latin.txt", b"CNIL fines Google\n\nAmende pay\xe9e par Google.", "latin.txt:3: not UTF-8 text; save"),
        ("nul.txt", b"CNIL fines Google\n\n\0\0", "save the page as HTML or text"),
        ("feed.rss", b"<rss><channel></channel></rss>", "the feed has no items"),
        ("large.txt", b"x" * (2 << 20) + b"xx", "more than a page may have (2 MiB): save the story alone"),
    ],
)  # fmt: skip
def test_a_bad_file_is_named_with_its_cure_and_the_others_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, words: str
) -> None:
    bad, good = tmp_path / name, tmp_path / "good.txt"
    bad.write_bytes(content)
    good.write_text(STORY, encoding="utf-8")
    assert main(["extract", str(bad), str(good), "--out", str(tmp_path / "out")]) == 1
    error = capsys.readouterr().err
    assert str(bad) in error
    assert words in error
    assert "Traceback" not in error
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["good.pred.json"]


def test_every_fault_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"")
    assert main(["extract", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.count("no article found") == 2


@pytest.mark.parametrize(
    ("name", "words"), [("none.txt", "there is no such file"), ("empty", "is a folder without files")]
)
def test_what_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["extract", str(tmp_path / name), "--out", str(tmp_path / "out")]) == 1
    assert f"{tmp_path / name}" in (error := capsys.readouterr().err)
    assert words in error


@pytest.mark.parametrize("arguments", [["extract", "x.txt"], ["extract", "--out", "x"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: finegraph extract" in capsys.readouterr().err
