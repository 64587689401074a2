"""Names that no table knows: which are found, and which are not those of organisations. All companies are made up."""

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.news import japanese, organisations, unseen
from loaders.news.beside import addressed, beside, telling
from loaders.news.candidates import ENOUGH, Names, trimmed
from loaders.news.draft import Part
from loaders.news.facts import facts
from loaders.news.lexicon import lexicon
from loaders.news.ordinary import is_word
from loaders.news.page import composed
from loaders.news.persons import given_names, is_person
from loaders.news.unseen import Span, find
from ontology.registry import registry

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl", "sv", "el", "hu", "ro", "ja", "ko", "zh")


def names(language: str, text: str, **changed: bool) -> list[str]:
    """Return the names that are found in a sentence that tells of an act."""
    kinds = {"acts": True, "paying": False, "naming": False, "told": True} | changed
    found = find(text, [Span(0, len(text), **kinds)], [], lexicon(language))
    assert all((one.type, one.role, one.id) == ("company", "unseen", text[one.start : one.end]) for one in found)
    return [one.id for one in found]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        # addressees, by the words beside them
        ("en", "The watchdog fined Pellwick Harbour £90,000.", "Pellwick Harbour"),
        ("en", "The watchdog fined the retailer Pellwick.", "Pellwick"),
        ("de", "Die Behörde verhängte ein Bußgeld gegen den Stromanbieter Pellwick.", "Pellwick"),
        ("fr", "L’autorité a sanctionné la société Pellwick.", "Pellwick"),
        ("es", "La autoridad multó a la empresa Pellwick.", "Pellwick"),
        ("it", "Il Garante ha multato la società Pellwick.", "Pellwick"),
        ("nl", "De toezichthouder beboet het bedrijf Pellwick.", "Pellwick"),
        ("pt", "A empresa Pellwick foi multada.", "Pellwick"),
        ("pl", "Kara dla spółki Pellwick.", "Pellwick"),
        ("el", "Πρόστιμο στην εταιρεία Πελγουίκ.", "Πελγουίκ"),
        ("sv", "Myndigheten ger bolaget Pellwick en sanktionsavgift.", "Pellwick"),
        ("ro", "Amendă pentru societatea Pellwick.", "Pellwick"),
        ("ko", "위원회는 ㈜북방설탕에 과징금을 부과했다.", "북방설탕"),
        ("ko", "북방설탕은 과징금 처분을 받았다.", "북방설탕"),
        ("ko", "북방은행에 과징금을 부과했다.", "북방은행"),
        ("ko", "위원회는 부동산 업체 북방에 40만 유로의 과징금을 부과했다.", "북방"),
        ("ko", "에너지 회사 북방 에네르지아에 과징금 처분을 내렸다.", "북방 에네르지아"),
        ("ko", "경기도 북방시가 정보를 노출해 과태료를 물게 됐다.", "북방시"),
        ("ko", "위원회가 대행업체 '북방로'에 개선을 권고했다.", "북방로"),
        ("ko", "과징금을 부과하고, 북방웨이에는 시정권고만 했다.", "북방웨이"),
        ("zh", "对北方糖果有限公司处以罚款。", "北方糖果有限公司"),
        ("zh", "北方糖果被罚款。", "北方糖果"),
        ("zh", "北方糖果因数据泄露遭重罚。", "北方糖果"),
        ("zh", "对保险经纪商Pellwick Bell处以罚款。", "Pellwick Bell"),
        ("ko", "입시학원 프랜차이즈 북방학원이 과태료 처분을 받았다.", "북방학원"),
        ("zh", "监管机构约谈北方糖果相关负责人。", "北方糖果"),
        ("zh", "法国机构对电商企业北方糖果罚款40万欧元。", "北方糖果"),
        ("zh", "專員裁定北方糖果違反條例。", "北方糖果"),
        ("zh", "當局對北方訓練局發出警告信。", "北方訓練局"),
        ("zh", "致使北方联合医院被责令改正。", "北方联合医院"),
        ("ja", "通販大手サトウカボウに課徴金を命じた。", "サトウカボウ"),
        ("ja", "株式会社サトウカボウに是正を勧告した。", "サトウカボウ"),
        ("ja", "サトウカボウに対し勧告した。", "サトウカボウ"),
        # public bodies
        ("en", "Pellwick City Council was reprimanded.", "Pellwick City Council"),
        ("en", "The University of Pellwick was fined.", "University of Pellwick"),
        ("de", "Ein Bußgeld traf die Sparkasse Pellwick.", "Sparkasse Pellwick"),
        ("fr", "La ville de Pellwick a été sanctionnée.", "ville de Pellwick"),
        ("es", "El Ayuntamiento de Pellwick fue multado.", "Ayuntamiento de Pellwick"),
        ("it", "Il Comune di Pellwick è stato sanzionato.", "Comune di Pellwick"),
        ("nl", "De gemeente Pellwick kreeg een boete.", "gemeente Pellwick"),
        ("pl", "Szpital Pellwick został ukarany.", "Szpital Pellwick"),
        ("el", "Ο Δήμος Πελγουίκ έλαβε πρόστιμο.", "Δήμος Πελγουίκ"),
        ("sv", "Pellwicks kommun fick en reprimand.", "Pellwicks kommun"),
        ("ja", "札幌市を行政指導した。", "札幌市"),
        # domains, coined names
        ("en", "The fine hit k7bank.", "k7bank"),
        ("de", "Die Behörde verhängte ein Bußgeld gegen zuckerwerknord.de.", "zuckerwerknord.de"),
    ],
)
def test_names_that_are_found(language: str, text: str, name: str) -> None:
    assert names(language, text) == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # persons
        ("en", "The regulator fined Anna Bergström."),
        ("en", "John Edwards said the fine was right."),
        ("de", "Der Sprecher Thomas Müller sagte, das Bußgeld sei hoch."),
        ("fr", "Marie-Laure Denis a annoncé une amende."),
        ("es", "La multa la explicó Mar España."),
        ("it", "Pasquale Stanzione ha spiegato la multa."),
        ("pl", "Jan Nowak powiedział, że kara jest wysoka."),
        ("ja", "佐藤一郎委員長は勧告した。"),
        # papers, places, months, days
        ("en", "The fine was first reported by the Guardian."),
        ("en", "According to Pellwick Times, the fine is high."),
        ("en", "The fine was imposed in London."),
        ("en", "In March the fine was imposed."),
        ("en", "The fine was imposed on Monday."),
        ("fr", "L’amende a été prononcée à Paris en Janvier."),
        ("de", "Die Entscheidung der Behörde über das Bußgeld im März."),
        # words that have a capital all the same
        ("en", "Watchdog Fines Sweet Maker Over Cookies Again"),
        ("de", "Das Bußgeld gegen den Betreiber wegen der Videoüberwachung der Mitarbeiter."),
        # common nouns
        ("ko", "업체에 과징금을 부과했다."),
        ("ko", "쇼핑몰 A사에 과징금을 부과했다."),
        ("ko", "한 자선단체에 벌금을 부과했다."),
        ("ko", "위반에 과징금을 부과하고, 홍보에도 쓴 한 의원에 벌금을 물렸다."),
        ("ja", "ポルトガル当局に命令した。"),
        ("ja", "保険会社に対し勧告した。"),
        ("zh", "对该公司处以罚款。"),
        ("zh", "对平台处以罚款。"),
        ("zh", "对一家房地产公司处以罚款。"),
        ("zh", "广州一医院泄露患者信息被罚款。"),
        ("zh", "某民营医院因未加密被罚款。"),
        ("zh", "作出警告的行政处罚，责令停业整顿。"),
        ("ko", "과태료 900만원 '철퇴'를 부과했다."),
        ("zh", "依据规定，对用户个人信息处理活动立案调查。"),
        ("zh", "四川成都：被罚款3万元。"),
        ("ja", "会社に勧告した。"),
    ],
)
def test_what_is_no_organisation_s_name(language: str, text: str) -> None:
    assert names(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("pl", "UODO nałożył karę 5 tys. zł na Mebloranę.", "Meblorana"),
        ("pl", "Kara dla Starostwa Powiatowego w Kłodnie.", "Starostwo Powiatowe w Kłodnie"),
        ("pl", "Karę otrzymała Fundacja Pellwick.", "Fundacja Pellwick"),
        ("hu", "Elmarasztalta a NAIH Pellwick Község Önkormányzatát.", "Pellwick Község Önkormányzata"),
        ("hu", "A hatóság megbírságolta a Pellwick Kft.-t.", "Pellwick"),
        ("hu", "A hatóság bírságot szabott ki a Kék Pellwickre.", "Kék Pellwick"),
        ("hu", "A Fővárosi Törvényszék elutasította a Kék Pellwick keresetét.", "Kék Pellwick"),
        ("el", "Επίπληξη στον Δήμο Λευκάδας.", "Δήμος Λευκάδας"),
        ("el", "Η Αρχή τιμώρησε με πρόστιμο το Γενικό Νοσοκομείο Κορίνθου.", "Γενικό Νοσοκομείο Κορίνθου"),
        ("hu", "A hatóság bírságot szabott ki a Pellwick Market üzemeltetőjére.", "Pellwick Market"),
        ("hu", "Vizsgálat indult a Pellwick szolgáltató ellen.", "Pellwick"),
        (
            "hu",
            "A hatóság bírságot szabott ki Budapest Főváros IV. Kerület Pellwick Önkormányzatára.",
            "Budapest Főváros IV. Kerület Pellwick Önkormányzata",
        ),
        ("pl", "NSA oddalił skargę kasacyjną Krajowej Szkoły Pellwick.", "Krajowa Szkoła Pellwick"),
    ],
)
def test_names_without_the_ending_of_their_case(language: str, text: str, name: str) -> None:
    page = composed("", [Part("paragraph", text)], language=language)
    assert {one.id for one in facts(page, registry()).mentions if one.type == "company"} == {name}


@pytest.mark.parametrize(
    "form",
    [
        "Inc.", "LLC", "Ltd", "plc", "GmbH & Co. KG", "AG", "SAS", "SARL", "S.A.", "S.p.A.", "S.r.l.", "S.L.", "B.V.",
        "N.V.", "AB", "A/S", "Oy", "sp. z o.o.", "Kft.", "Zrt.", "SRL", "Lda", "Ltda", "Α.Ε.", "s.r.o.", "d.o.o.", "OÜ",
        "Co., Ltd.",
    ],
)  # fmt: skip
def test_a_legal_form_makes_a_name(form: str) -> None:
    text = f"There was Pellwick Sund {form} in the case, which is long."
    assert names("en", text) == ["Pellwick Sund"]
    assert organisations.formed().search(text) is not None


@pytest.mark.parametrize("form", ["was", "Data", "AGM", "Incident"])
def test_other_words_are_no_legal_form(form: str) -> None:
    assert organisations.formed().search(f"pellwick Pellwick {form}") is None


def test_an_acronym_in_brackets_is_its_company_s() -> None:
    page = composed("Fine", [Part("paragraph", "The Pellwick School (PWSA) was fined. The CNIL fined PWSA €5,000.")])
    found = [one for one in facts(page, registry()).mentions if one.type == "company"]
    assert len(found) > 1
    assert len({one.id for one in found}) == 1


def test_a_short_name_is_that_of_the_longer_one() -> None:
    page = composed("A fine", [Part("paragraph", "The CNIL fined Pellwick Harbour €5,000. It fined Pellwick €6,000.")])
    found = [one for one in facts(page, registry()).mentions if one.type == "company"]
    assert {one.id for one in found} == {"Pellwick Harbour"}


def test_a_chinese_name_s_short_form_in_brackets_is_its_own() -> None:
    said = "对北方糖果有限公司（简称“北糖”）罚款5万元。北糖表示不服。"
    page = composed("罚款", [Part("paragraph", said)], language="zh")
    found = [one for one in facts(page, registry()).mentions if one.type == "company"]
    assert [one.id for one in found] == ["北方糖果有限公司"] * 3


def test_chinese_names_in_a_row_are_all_found() -> None:
    assert names("zh", "北方酒店、如归、汉亭和南方酒店等被约谈。") == ["北方酒店", "如归", "汉亭", "南方酒店"]


def test_what_is_known_is_no_new_name() -> None:
    text = "The watchdog fined Pellwick Harbour £90,000."
    span = Span(0, len(text), acts=True, paying=True, naming=True, told=True)
    at = text.index("Pellwick")
    assert find(text, [span], [(at, at + 16)], lexicon("en")) == []
    assert find(text, [span], [(at + 9, at + 16)], lexicon("en")) == []


def test_a_sentence_that_tells_of_nothing_is_not_looked_at() -> None:
    assert names("en", "The shop of Pellwick Harbour Ltd is big.", acts=False, told=False) == []
    assert names("ko", "㈜북방설탕은 크다.", acts=False, told=False) == []


def test_a_name_is_found_wherever_the_text_says_it() -> None:
    text = "Pellwick Harbour is old. The watchdog fined Pellwick Harbour. Pellwick Harbours it is not."
    spans = [
        Span(match.start(), match.end(), acts=n == 1, paying=False, naming=False, told=n == 1)
        for n, match in enumerate(re.finditer(r"[^.]+\.", text))
    ]
    found = find(text, spans, [], lexicon("en"))
    assert [one.start for one in found] == [0, text.index("Pellwick", 9)]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Pellwick Harbour", "heading", ["Pellwick Harbour"]),
        ("1. Pellwick Harbour", "heading", ["Pellwick Harbour"]),
        ("Pellwick Harbour: £90,000", "head", ["Pellwick Harbour"]),
        ("Pellwick Harbour (£90,000)", "head", ["Pellwick Harbour"]),
        ("Pellwick Harbour | £90,000", "paying", ["Pellwick Harbour"]),
        ("Pellwick Harbour – £90,000", "paying", ["Pellwick Harbour"]),
        ("PELLWICK HARBOUR", "heading", []),
        ("Anna Bergström", "heading", []),
        ("London", "heading", []),
        ("Pellwick", "heading", []),  # one word may be any
    ],
)
def test_names_that_head_a_part_a_row_or_an_item(text: str, kind: str, found: list[str]) -> None:
    assert names("en", text, **({"acts": False, "told": kind == "head"} | {kind: True})) == found


# -- courts, campaigners -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Superior Court of Pellwick", "Superior Court of Pellwick"),
        ("de", "Das Landgericht Pellwick entschied.", "Landgericht Pellwick"),
        ("de", "Das AG Pellwick entschied.", "AG Pellwick"),
        ("fr", "le tribunal judiciaire de Pellwick", "tribunal judiciaire de Pellwick"),
        ("fr", "la cour d’appel de Pellwick", "cour d’appel de Pellwick"),
        ("es", "El Tribunal Superior de Pellwick", "Tribunal Superior de Pellwick"),
        ("it", "Il Tribunale di Pellwick", "Tribunale di Pellwick"),
        ("nl", "De rechtbank Pellwick", "rechtbank Pellwick"),
        ("pl", "Sąd Okręgowy w Pellwick", "Sąd Okręgowy w Pellwick"),
        ("pt", "O Tribunal da Relação de Pellwick", "Tribunal da Relação de Pellwick"),
        ("el", "Το Πρωτοδικείο Πελγουίκ", "Πρωτοδικείο Πελγουίκ"),
        ("sv", "Pellwicks tingsrätt", "Pellwicks tingsrätt"),
        ("hu", "A Pellwicki Törvényszék", "Pellwicki Törvényszék"),
        ("ro", "Tribunalul Pellwick", "Tribunalul Pellwick"),
        ("ja", "北方地裁は", "北方地裁"),
        ("ko", "북방지방법원은", "북방지방법원"),
        ("zh", "北方市人民法院", "北方市人民法院"),
    ],
)
def test_courts_that_no_table_knows(language: str, text: str, name: str) -> None:
    [one] = unseen.courts(text, [], language)
    assert (one.type, one.id, one.role) == ("court", name, "unseen")
    assert unseen.courts(text, [(one.start, one.end)], language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "The court ruled."), ("de", "Das Gericht entschied."), ("fr", "le tribunal a jugé"), ("ja", "地裁は")],
)  # fmt: skip
def test_a_court_without_a_name_is_none(language: str, text: str) -> None:
    assert unseen.courts(text, [], language) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "noyb filed a complaint with the CNIL against Google.", {"google-llc"}),
        ("en", "Privacy International complained to the CNIL about Criteo.", {"criteo"}),
        ("de", "noyb hat bei der CNIL Beschwerde gegen Google eingelegt.", {"google-llc"}),
        ("fr", "La Quadrature du Net a saisi la CNIL contre Google.", {"google-llc"}),
        ("en", "The ICO fined HIV Scotland £10,000.", {"hiv-scotland"}),
        ("en", "The ICO fined Mermaids £25,000.", {"mermaids"}),
    ],
)
def test_campaigners_are_no_addressees_unless_they_are(language: str, text: str, found: set[str]) -> None:
    page = composed("A headline", [Part("paragraph", text)], language=language)
    known = facts(page, registry()).mentions
    assert {one.id for one in known if one.type == "company"} == found


# -- persons, ordinary words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Helen Dixon", "en"), ("John Edwards", "en"), ("Thomas Müller", "de"), ("Marie-Laure Denis", "fr"),
        ("Mar España", "es"), ("Carlos García López", "es"), ("Pasquale Stanzione", "it"), ("Jan Nowak", "pl"),
        ("Κωνσταντίνος Μενουδάκος", "el"), ("João Silva", "pt"), ("Anna Bergström", "sv"), ("Szabó István", "hu"),
        ("Ion Popescu", "ro"), ("Pieter de Vries", "nl"),
    ],
)  # fmt: skip
def test_persons(name: str, language: str) -> None:
    assert is_person(name, language)
    start, end = trimmed(name, 0, len(name), lexicon(language))
    assert start == end


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Zuckerwerk Nord", "de"), ("Pellwick Harbour", "en"), ("Anna", "en"), ("", "en"), ("Paris Taxi", "fr"),
        ("Mercedes Pellwick", "de"), ("Szabó István", "en"), ("Anna b c d e", "en"), ("anna bergström", "sv"),
        ("Black Pellwick", "en"), ("London Pellwick", "en"),
    ],
)  # fmt: skip
def test_what_is_no_person_by_its_form(name: str, language: str) -> None:
    assert not is_person(name, language)


def test_given_names_are_names_of_many_languages() -> None:
    assert {
        "Anna",
        "Thomas",
        "Jean",
        "Carlos",
        "Paolo",
        "João",
        "Jan",
        "Lars",
        "Γεώργιος",
        "István",
        "Ion",
    } <= given_names()
    assert all(one[:1].isupper() for one in given_names())


@pytest.mark.parametrize(
    "word", ["Entscheidung", "Datenschutz", "Bußgeldbescheid", "Mitarbeiter", "Kunden", "Videoüberwachung"]
)
def test_german_nouns_are_ordinary(word: str) -> None:
    assert is_word(word, "de")


@pytest.mark.parametrize(
    ("word", "language"), [("Decision", "en"), ("Pellwick", "de"), ("Wrzlbrmpft", "de"), ("Décision", "fr")]
)
def test_words_that_are_not(word: str, language: str) -> None:
    assert not is_word(word, language)


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("Pellwick", False), ("Pellwick Harbour", True), ("k7bank", True), ("eWick", True), ("P&W", True),
        ("pellwick.de", True), ("", False), ("IBMs", True),
    ],
)  # fmt: skip
def test_names_that_tell(name: str, *, right: bool) -> None:
    assert telling(name) is right


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("en", "The watchdog fined Pellwick.", True),
        ("en", "Pellwick was fined.", True),
        ("en", "the retailer Pellwick", True),
        ("en", "Pellwick (£90,000)", True),
        ("en", "It rained in Pellwick.", False),
        ("de", "ein Bußgeld gegen Pellwick", True),
        ("de", "Es regnet in Pellwick.", False),
        ("fr", "la société Pellwick", True),
        ("es", "la empresa Pellwick", True),
        ("pl", "kara dla spółki Pellwick", True),
        ("en", "The watchdog fined\nPellwick", False),  # another line
    ],
)
def test_who_is_addressed(language: str, text: str, *, right: bool) -> None:
    start = text.index("Pellwick")
    assert addressed(text, start, start + 8, language) is right


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "The Pellwick", "Pellwick"),
        ("en", "Pellwick's", "Pellwick"),
        ("en", "Pellwick’s", "Pellwick"),
        ("en", "Pellwick Health of London", "Pellwick Health"),
        ("fr", "L’Pellwick", "Pellwick"),
        ("de", "Das Pellwick", "Pellwick"),
        ("en", "The", ""),
        ("en", "London", ""),
        ("en", "Judge", ""),
        ("de", "Entscheidung", ""),
    ],
)
def test_what_is_no_part_of_a_name(language: str, text: str, left: str) -> None:
    start, end = trimmed(text, 0, len(text), lexicon(language))
    assert text[start:end] == left


def test_a_title_stands_before_a_person() -> None:
    text = "It was Dr Pellwick."
    start = text.index("Pellwick")
    assert beside("en").is_person(text, start, start + 8, 0)
    assert not beside("en").is_person("It was Pellwick.", 7, 15, 0)


def test_points_of_candidates() -> None:
    text = "The watchdog fined Pellwick Harbour. Pellwick Harbour of old. Anna Bergström spoke. In London it rained."
    story = Names(text, [(0, len(text))], lexicon("en"))
    found = [(text[one.start : one.end], one.points) for one in story.candidates(0, len(text))]
    beside_fined, alone = (points for name, points in found if name == "Pellwick Harbour")
    assert beside_fined >= ENOUGH
    assert beside_fined > alone
    points = dict(found)
    assert points["Anna Bergström"] < 0
    assert points["London"] < 0


# -- Japanese ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("通販大手サトウカボウに課徴金を命じた。", ["サトウカボウ"]),
        ("サトウカボウに対し勧告した。", ["サトウカボウ"]),
        ("サトウカボウは勧告を受けた。", ["サトウカボウ"]),
        ("サトウカボウを提訴した。", ["サトウカボウ"]),
        ("札幌市を行政指導した。", ["札幌市"]),
        ("米サトウカボウに罰金", ["サトウカボウ"]),
        ("さくら税理士法人に対し勧告した。", ["さくら税理士法人"]),
        ("国税庁にも指導した。", ["国税庁"]),
        ("札幌銀行、函館銀行と小樽銀行の3行に対し指導", ["札幌銀行", "函館銀行", "小樽銀行"]),
        ("佐藤一郎氏は語った。", []),
        ("会社は勧告を受けた。", []),
        ("天気がよい。", []),
        ("", []),
    ],
)
def test_japanese_names(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in japanese.names(text, [(0, len(text))])] == found


# -- any text ------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "Pellwick", "Harbour", "Ltd", "fined", "the", "Anna", "London", "k7bank", "a.de", "GmbH", "(PWSA)", "€5",
        "verhängte",
        "gegen", "Bußgeld", "société", "spółka", "εταιρεία", "Πελγουίκ", "サトウカボウに勧告", "㈜북방설탕에 과징금",
        "北方有限公司被罚",
        ".", ",", ":", "|", "\n", "’s", "“", "İ", "ß", "\u00a0", "1.", "•", "&",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(WORDS, max_size=25).map(" ".join), st.text(max_size=60))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES), st.data())
def test_names_of_any_text_stand_in_it_apart_from_each_other_and_from_what_is_known(
    text: str, language: str, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(text)))
    low = data.draw(st.integers(0, len(text)))
    known = [(low, data.draw(st.integers(low, len(text))))]
    flags = data.draw(st.fixed_dictionaries({key: st.booleans() for key in ("heading", "head", "paying", "naming")}))
    spans = [Span(a, b, acts=True, told=True, **flags) for a, b in ((0, cut), (cut, len(text))) if a < b]
    found = find(text, spans, known, lexicon(language))
    taken = sorted((one.start, one.end) for one in found)
    assert all(0 <= start < end <= len(text) for start, end in taken)
    assert all(one.id == text[one.start : one.end] for one in found)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(taken))
    assert not any(start < high and below < end for start, end in taken for below, high in known)
    assert found == find(text, spans, known, lexicon(language))


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_courts_of_any_text_stand_in_it(text: str, language: str) -> None:
    found = unseen.courts(text, [], language)
    assert all(text[one.start : one.end] == one.id != "" for one in found)


@given(TEXTS)
def test_japanese_names_of_any_text_stand_in_it(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in japanese.names(text, [(0, len(text))]))
