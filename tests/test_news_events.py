"""What pages tell: who did what to whom for how much, in many languages. The companies of made-up acts are made up."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.cli import main
from loaders.news.confidence import MOST, points, rated, shares
from loaders.news.draft import Part, Role
from loaders.news.elided import elided
from loaders.news.event import KINDS, STATUSES, Event
from loaders.news.fuse import fused
from loaders.news.lexicon import lexicon
from loaders.news.money import amounts
from loaders.news.page import composed
from loaders.news.reader import claims
from loaders.news.reading import Reading, _Groups
from loaders.news.reading import read as reading
from loaders.news.spellings import short_name
from loaders.news.sums import sums
from ontology.dates import Date
from ontology.registry import registry

DAY = Date(2024, 5, 3)


def page(language: str, text: str, voice: str | None = None) -> Reading:
    """Return the reading of a story: its headline, then a paragraph a line; an item of a list begins with a dot."""
    headline, *lines = text.strip().split("\n")
    parts: list[Part] = []
    for line in lines:
        role: Role = "item" if line.startswith("• ") else "paragraph"
        parts.append(Part(role, line.removeprefix("• ")))
    return reading(composed(headline, parts, key="a", published=DAY, language=language, voice=voice), registry())


def line(one: Event) -> str:
    """Return an event on one line: its kind, authority, company, sum, currency; "-" stands for what is not said."""
    amount = "-" if one.amount is None else f"{one.amount:f}".partition(".")[0]
    company = one.company or short_name(one.company_name or "-").rstrip(".")
    return " ".join((one.kind, one.regulator or "-", company, amount, one.currency or "-"))


def told(language: str, text: str, voice: str | None = None) -> list[str]:
    return sorted(line(one) for one in page(language, text, voice).events)


def expected(lines: str) -> list[str]:
    return sorted(one.strip() for one in lines.strip().split("\n") if one.strip())


def event_of(**changed: Any) -> Event:
    """Return a fine of the CNIL against a company that no table knows, unless told otherwise."""
    made = Event(
        "fine",
        "fr-cnil",
        None,
        "Zuckerwerk Nord",
        Decimal(50_000),
        "EUR",
        "€50,000",
        (),
        (),
        None,
        None,
        0,
        9,
        "rules",
        Decimal(0),
    )
    return replace(made, **changed)


# -- who did what to whom ------------------------------------------------------------------------------------------

PLAIN = [
    (
        "en",
        "News\nThe CNIL fined Zuckerwerk Nord GmbH €300,000 for cookies.",
        "fine fr-cnil Zuckerwerk Nord 300000 EUR",
    ),
    ("en", "News\nZuckerwerk Nord GmbH was fined €300,000 by the CNIL.", "fine fr-cnil Zuckerwerk Nord 300000 EUR"),
    (
        "en",
        "News\nA fine of £80,000 was imposed on Pellwick Harbour Ltd by the ICO.",
        "fine gb-ico Pellwick Harbour 80000 GBP",
    ),
    (
        "de",
        (
            "Meldung\nDer Hamburgische Beauftragte für Datenschutz verhängte gegen die Zuckerwerk Nord GmbH "
            "ein Bußgeld von 300.000 Euro."
        ),
        "fine de-hh Zuckerwerk Nord 300000 EUR",
    ),
    (
        "de",
        (
            "Meldung\nDie Zuckerwerk Nord GmbH muss 300.000 Euro Bußgeld an den Hamburgischen Beauftragten "
            "für Datenschutz zahlen."
        ),
        "fine de-hh Zuckerwerk Nord 300000 EUR",
    ),
    (
        "fr",
        "Actualité\nLa CNIL a infligé une amende de 300 000 euros à la société Sucrières du Vauvert SAS.",
        "fine fr-cnil Sucrières du Vauvert 300000 EUR",
    ),
    (
        "fr",
        "Actualité\nLa société Sucrières du Vauvert SAS a été condamnée par la CNIL à une amende de 300 000 euros.",
        "fine fr-cnil Sucrières du Vauvert 300000 EUR",
    ),
    (
        "es",
        (
            "Noticia\nLa AEPD ha impuesto una multa de 60.000 euros a Dulcería Peñaclara S.L. por falta de "
            "consentimiento."
        ),
        "fine es-aepd Dulcería Peñaclara 60000 EUR",
    ),
    (
        "es",
        "Noticia\nDulcería Peñaclara S.L. ha sido multada con 60.000 euros por la AEPD.",
        "fine es-aepd Dulcería Peñaclara 60000 EUR",
    ),
    (
        "it",
        "Notizia\nIl Garante privacy ha sanzionato Dolciaria Valbruna S.p.A. per 90.000 euro.",
        "fine it-garante Dolciaria Valbruna 90000 EUR",
    ),
    (
        "nl",
        "Nieuws\nDe Autoriteit Persoonsgegevens legt Suikerbakkerij Noord B.V. een boete op van 90.000 euro.",
        "fine nl-ap Suikerbakkerij Noord 90000 EUR",
    ),
    (
        "pl",
        "Wiadomość\nPrezes UODO nałożył na spółkę Cukry Bałtyckie sp. z o.o. karę w wysokości 200 tys. zł.",
        "fine pl-uodo Cukry Bałtyckie 200000 PLN",
    ),
    (
        "pl",
        "Wiadomość\nSpółka Cukry Bałtyckie sp. z o.o. została ukarana przez UODO karą 200 tys. zł.",
        "fine pl-uodo Cukry Bałtyckie 200000 PLN",
    ),
    (
        "el",
        (
            "Είδηση\nΗ Αρχή Προστασίας Δεδομένων Προσωπικού Χαρακτήρα επέβαλε πρόστιμο 50.000 ευρώ στην "
            "εταιρεία Ζαχαρώδη Βορρά Α.Ε."
        ),
        "fine gr-hdpa Ζαχαρώδη Βορρά 50000 EUR",
    ),
    (
        "sv",
        "Nyhet\nIMY har utfärdat en sanktionsavgift på 500 000 kronor mot Sockerverket Norr AB.",
        "fine se-imy Sockerverket Norr 500000 SEK",
    ),
    (
        "ro",
        "Știre\nANSPDCP a sancționat operatorul Zaharul Nordului SRL cu amendă în valoare de 5.000 euro.",
        "fine ro-anspdcp Zaharul Nordului 5000 EUR",
    ),
    (
        "hu",
        "Hír\nA NAIH 3 millió forint bírságot szabott ki az Északi Cukorka Kft. cégre.",
        "fine hu-naih Északi Cukorka 3000000 HUF",
    ),
    (
        "pt",
        "Notícia\nA CNPD aplicou uma coima de 50.000 euros à Doçaria Serrana Lda.",
        "fine pt-cnpd Doçaria Serrana 50000 EUR",
    ),
    (
        "ja",
        "ニュース\n個人情報保護委員会は通販大手サトウカボウに対し、個人データの取り扱いを改善するよう勧告した。",
        "order jp-ppc サトウカボウ - -",
    ),
    ("ko", "뉴스\n개인정보보호위원회는 ㈜북방설탕에 과징금 5억 원을 부과했다.", "fine kr-pipc 북방설탕 500000000 KRW"),
    ("zh", "新闻\n国家互联网信息办公室对北方糖果有限公司处以500万元罚款。", "fine cn-cac 北方糖果有限公司 5000000 CNY"),
]

DIRECTION = [
    (
        "en",
        "News\nThe CNIL imposed a fine of €150 million against Google and €60 million against Facebook.",
        "fine fr-cnil google-llc 150000000 EUR\nfine fr-cnil meta-platforms 60000000 EUR",
    ),
    (
        "en",
        "News\nThe CNIL fined Google €150 million and Facebook €60 million over cookies.",
        "fine fr-cnil google-llc 150000000 EUR\nfine fr-cnil meta-platforms 60000000 EUR",
    ),
    (
        "en",
        "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000 and Pellwick Harbour Ltd €20,000.",
        "fine fr-cnil Zuckerwerk Nord 50000 EUR\nfine fr-cnil Pellwick Harbour 20000 EUR",
    ),
    (
        "fr",
        (
            "Actualité\nLa CNIL a infligé une amende de 150 millions d’euros à Google et de 60 millions "
            "d’euros à Facebook."
        ),
        "fine fr-cnil google-llc 150000000 EUR\nfine fr-cnil meta-platforms 60000000 EUR",
    ),
    (
        "de",
        "Meldung\nDie CNIL verhängte gegen Google 150 Millionen Euro und gegen Facebook 60 Millionen Euro Bußgeld.",
        "fine fr-cnil google-llc 150000000 EUR\nfine fr-cnil meta-platforms 60000000 EUR",
    ),
    (
        "es",
        "Noticia\nLa CNIL multó a Google con 150 millones de euros y a Facebook con 60 millones de euros.",
        "fine fr-cnil google-llc 150000000 EUR\nfine fr-cnil meta-platforms 60000000 EUR",
    ),
    (
        "pl",
        "Wiadomość\nCNIL nałożyła karę 150 mln euro na Google i 60 mln euro na Facebook.",
        "fine fr-cnil google-llc 150000000 EUR\nfine fr-cnil meta-platforms 60000000 EUR",
    ),
    (
        "el",
        "Είδηση\nΗ Αρχή επέβαλε πρόστιμο 6 εκατ. ευρώ στην Cosmote και 3,25 εκατ. ευρώ στον ΟΤΕ.",
        "fine gr-hdpa cosmote 6000000 EUR\nfine gr-hdpa ote 3250000 EUR",
    ),
    (
        "ja",
        "ニュース\nフランスのCNILはGoogleに1億5000万ユーロ、Facebookに6000万ユーロの制裁金を科した。",
        "fine fr-cnil google-llc 150000000 EUR\nfine fr-cnil meta-platforms 60000000 EUR",
    ),
    (
        "ko",
        "뉴스\n개인정보보호위원회는 구글에 과징금 692억 원, 메타에 308억 원을 부과했다.",
        "fine kr-pipc google-llc 69200000000 KRW\nfine kr-pipc meta-platforms 30800000000 KRW",
    ),
    (
        "zh",
        "新闻\n韩国个人信息保护委员会对Google罚款692亿韩元，对Meta罚款308亿韩元。",
        "fine kr-pipc google-llc 69200000000 KRW\nfine kr-pipc meta-platforms 30800000000 KRW",
    ),
    (
        "de",
        (
            "Meldung\nDie CNIL verhängte gegen die Zuckerwerk Nord GmbH und die Seehafen Pellwick AG "
            "jeweils 20.000 Euro Bußgeld."
        ),
        "fine fr-cnil Zuckerwerk Nord 20000 EUR\nfine fr-cnil Seehafen Pellwick 20000 EUR",
    ),
    (
        "fr",
        (
            "Actualité\nLa CNIL a infligé à Sucrières du Vauvert SAS et à Port Pellwick SARL une amende de "
            "20 000 euros chacune."
        ),
        "fine fr-cnil Sucrières du Vauvert 20000 EUR\nfine fr-cnil Port Pellwick 20000 EUR",
    ),
    (
        "es",
        "Noticia\nLa AEPD multó a Dulcería Peñaclara S.L. y a Puerto Pellwick S.A. con 20.000 euros cada una.",
        "fine es-aepd Dulcería Peñaclara 20000 EUR\nfine es-aepd Puerto Pellwick 20000 EUR",
    ),
    (
        "en",
        "News\nThe ICO and the CNIL worked together on Zuckerwerk Nord GmbH. The CNIL fined it €20,000.",
        "fine fr-cnil Zuckerwerk Nord 20000 EUR",
    ),
    (
        "en",
        "News\nThe Hamburg data protection commissioner, on behalf of the CNIL, fined Zuckerwerk Nord GmbH €20,000.",
        "fine fr-cnil Zuckerwerk Nord 20000 EUR",
    ),
]

KINDS_TOLD = [
    ("en", "News\nThe CNIL ordered Zuckerwerk Nord GmbH to delete the data.", "order fr-cnil Zuckerwerk Nord - -"),
    ("en", "News\nThe CNIL reprimanded Zuckerwerk Nord GmbH.", "reprimand fr-cnil Zuckerwerk Nord - -"),
    (
        "en",
        "News\nThe CNIL opened an investigation into Zuckerwerk Nord GmbH.",
        "investigation fr-cnil Zuckerwerk Nord - -",
    ),
    ("en", "News\nThe FTC sued Pellwick Harbour Inc. over children's privacy.", "lawsuit us-ftc Pellwick Harbour - -"),
    (
        "en",
        "News\nPellwick Harbour Inc. agreed to pay $5 million to settle with the FTC over children's privacy.",
        "settlement us-ftc Pellwick Harbour 5000000 USD",
    ),
    (
        "en",
        "News\nPellwick Harbour Inc. agreed to pay $5 million to settle a class action over facial recognition.",
        "settlement - Pellwick Harbour 5000000 USD",
    ),
    (
        "de",
        "Meldung\nDie CNIL untersagte der Zuckerwerk Nord GmbH die Verarbeitung.",
        "ban fr-cnil Zuckerwerk Nord - -",
    ),
    (
        "de",
        "Meldung\nDie CNIL sprach eine Verwarnung gegen die Zuckerwerk Nord GmbH aus.",
        "reprimand fr-cnil Zuckerwerk Nord - -",
    ),
    (
        "fr",
        "Actualité\nLa CNIL a mis en demeure la société Sucrières du Vauvert SAS de supprimer les données.",
        "order fr-cnil Sucrières du Vauvert - -",
    ),
    (
        "fr",
        "Actualité\nLa CNIL a adressé un rappel à l’ordre à la société Sucrières du Vauvert SAS.",
        "reprimand fr-cnil Sucrières du Vauvert - -",
    ),
    (
        "pl",
        "Wiadomość\nUODO udzielił upomnienia spółce Cukry Bałtyckie sp. z o.o.",
        "reprimand pl-uodo Cukry Bałtyckie - -",
    ),
    (
        "el",
        "Είδηση\nΗ Αρχή απηύθυνε επίπληξη στην εταιρεία Ζαχαρώδη Βορρά Α.Ε.",
        "reprimand gr-hdpa Ζαχαρώδη Βορρά - -",
    ),
    ("ko", "뉴스\n개인정보보호위원회는 ㈜북방설탕에 시정명령을 내렸다.", "order kr-pipc 북방설탕 - -"),
    ("ja", "ニュース\n個人情報保護委員会は通販大手サトウカボウを行政指導した。", "reprimand jp-ppc サトウカボウ - -"),
    ("zh", "新闻\n国家互联网信息办公室责令北方糖果有限公司整改。", "order cn-cac 北方糖果有限公司 - -"),
]

SUMS = [
    (
        "en",
        "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000. The maximum fine is up to €20 million.",
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
    ("en", "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000 ($54,000).", "fine fr-cnil Zuckerwerk Nord 50000 EUR"),
    (
        "en",
        "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000 and €500 per day.",
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
    (
        "en",
        "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000: €30,000 for cookies and €20,000 for late answers.",
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
    (
        "en",
        "News\nThe ICO fined Pellwick Harbour Ltd £200,000, down from £900,000.",
        "fine gb-ico Pellwick Harbour 200000 GBP",
    ),
    (
        "en",
        "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000. Its turnover of €9 million had grown.",
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
    (
        "de",
        (
            "Meldung\nDie CNIL verhängte gegen die Zuckerwerk Nord GmbH ein Bußgeld von 50.000 Euro, "
            "möglich sind bis zu 20 Millionen Euro."
        ),
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
    (
        "de",
        (
            "Meldung\nDie CNIL verhängte gegen die Zuckerwerk Nord GmbH ein Bußgeld von 50.000 Euro statt "
            "ursprünglich 90.000 Euro."
        ),
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
    (
        "de",
        (
            "Meldung\nDie CNIL verhängte gegen die Zuckerwerk Nord GmbH ein Bußgeld von 50.000 Euro (rund "
            "54.000 US-Dollar)."
        ),
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
    (
        "fr",
        (
            "Actualité\nLa CNIL a infligé une amende de 50 000 euros à la société Sucrières du Vauvert SAS, "
            "avec une astreinte de 500 euros par jour."
        ),
        "fine fr-cnil Sucrières du Vauvert 50000 EUR\norder fr-cnil Sucrières du Vauvert - -",
    ),
    (
        "fr",
        (
            "Actualité\nLa CNIL a infligé une amende de 50 000 euros à la société Sucrières du Vauvert SAS. "
            "Le chiffre d’affaires de 9 millions d’euros a été pris en compte."
        ),
        "fine fr-cnil Sucrières du Vauvert 50000 EUR",
    ),
    (
        "es",
        (
            "Noticia\nLa AEPD multó a Dulcería Peñaclara S.L. con 50.000 euros: 30.000 euros por las "
            "cookies y 20.000 euros por no responder."
        ),
        "fine es-aepd Dulcería Peñaclara 50000 EUR",
    ),
    (
        "es",
        (
            "Noticia\nLa AEPD multó con 50.000 euros a Dulcería Peñaclara S.L., frente a un máximo de 20 "
            "millones de euros."
        ),
        "fine es-aepd Dulcería Peñaclara 50000 EUR",
    ),
    (
        "pl",
        "Wiadomość\nUODO nałożył na spółkę Cukry Bałtyckie sp. z o.o. karę 200 tys. zł (ok. 45 tys. euro).",
        "fine pl-uodo Cukry Bałtyckie 200000 PLN",
    ),
    (
        "el",
        (
            "Είδηση\nΗ Αρχή επέβαλε πρόστιμο 50.000 ευρώ στην εταιρεία Ζαχαρώδη Βορρά Α.Ε. Το ανώτατο "
            "πρόστιμο είναι έως 20 εκατ. ευρώ."
        ),
        "fine gr-hdpa Ζαχαρώδη Βορρά 50000 EUR",
    ),
    (
        "ko",
        "뉴스\n개인정보보호위원회는 ㈜북방설탕에 과징금 5억 원(약 36만 달러)을 부과했다.",
        "fine kr-pipc 북방설탕 500000000 KRW",
    ),
    (
        "ja",
        "ニュース\nフランスのCNILはGoogleに1億5000万ユーロ（約195億円）の制裁金を科した。",
        "fine fr-cnil google-llc 150000000 EUR",
    ),
    ("zh", "新闻\n法国CNIL对Google处以1.5亿欧元（约合10.8亿元人民币）罚款。", "fine fr-cnil google-llc 150000000 EUR"),
]

MEANT = [  # who is meant by a common noun, by "we", or is named elsewhere
    # the place at the head of a row is its authority's
    (
        "ko",
        "개인정보 제재\n• 네덜란드: 북방통신에 과징금 2억9000만 유로.\n• 스페인: 한 병원에 벌금 2만 유로.",
        "fine nl-ap 북방통신 290000000 EUR\nfine es-aepd - 20000 EUR",
    ),
    (
        "en",
        "GDPR fines\n• Spain: a hotel was fined €5,000.\n• Italy: Zuckerwerk Nord Ltd was fined €7,000.",
        "fine es-aepd - 5000 EUR\nfine it-garante Zuckerwerk Nord 7000 EUR",
    ),
    # "the two" are those last named
    (
        "ko",
        (
            "개인정보위 제재\n개인정보보호위원회는 북방은행에 과징금 5억원, 남방은행에 과징금 3억원을 부과했다. "
            "두 은행에 시정명령도 내렸다."
        ),
        (
            "fine kr-pipc 북방은행 500000000 KRW\nfine kr-pipc 남방은행 300000000 KRW\norder kr-pipc 북방은행 - -\n"
            "order kr-pipc 남방은행 - -"
        ),
    ),
    # a sum is his who is named before it
    (
        "ko",
        (
            "개인정보 유출\n개인정보보호위원회는 제재했다. 북방은행은 과징금 6천만원과 과태료 300만원, "
            "남방은행은 과징금 4천만원을 물게 됐다."
        ),
        "fine kr-pipc 북방은행 60000000 KRW\nfine kr-pipc 북방은행 3000000 KRW\nfine kr-pipc 남방은행 40000000 KRW",
    ),
    # what a court orders is its ruling, and the suit led to it
    (
        "zh",
        "隐私案判决\n张某起诉北方动物园。北京互联网法院判令北方动物园赔偿1038元，并要求其删除个人信息。",
        "court_ruling cn-beijing-internet 北方动物园 1038 CNY",
    ),
    (
        "en",
        "News\nThe CNIL examined Zuckerwerk Nord GmbH. The watchdog fined the company €50,000.",
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
    (
        "en",
        "Zuckerwerk Nord GmbH fined\nThe company has to pay €50,000.\nThe decision is that of the CNIL.",
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
    (
        "de",
        (
            "Meldung\nDie CNIL prüfte die Zuckerwerk Nord GmbH. Die Behörde verhängte gegen das Unternehmen "
            "ein Bußgeld von 50.000 Euro."
        ),
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
    (
        "fr",
        (
            "Actualité\nLa CNIL a contrôlé la société Sucrières du Vauvert SAS. L’autorité a infligé à "
            "l’entreprise une amende de 50 000 euros."
        ),
        "fine fr-cnil Sucrières du Vauvert 50000 EUR",
    ),
    (
        "es",
        (
            "Noticia\nLa AEPD investigó a Dulcería Peñaclara S.L. La agencia impuso a la empresa una multa "
            "de 50.000 euros."
        ),
        "fine es-aepd Dulcería Peñaclara 50000 EUR",
    ),
    (
        "pl",
        "Wiadomość\nUODO skontrolował spółkę Cukry Bałtyckie sp. z o.o. Urząd nałożył na spółkę karę 50 tys. zł.",
        "fine pl-uodo Cukry Bałtyckie 50000 PLN",
    ),
    (
        "el",
        "Είδηση\nΗ ΑΠΔΠΧ εξέτασε την εταιρεία Ζαχαρώδη Βορρά Α.Ε. Η Αρχή επέβαλε στην εταιρεία πρόστιμο 50.000 ευρώ.",
        "fine gr-hdpa Ζαχαρώδη Βορρά 50000 EUR",
    ),
    (
        "ja",
        "ニュース\n個人情報保護委員会は28日、通販大手サトウカボウを調査したと発表した。同委員会は同社に是正を勧告した。",
        "order jp-ppc サトウカボウ - -",
    ),
    (
        "ko",
        "뉴스\n개인정보보호위원회는 ㈜북방설탕을 조사했다. 위원회는 해당 업체에 과징금 5억 원을 부과했다.",
        "fine kr-pipc 북방설탕 500000000 KRW",
    ),
    (
        "zh",
        "新闻\n国家互联网信息办公室对北方糖果有限公司进行调查。该公司被罚款500万元。",
        "fine cn-cac 北方糖果有限公司 5000000 CNY",
    ),
    ("en", "News\nThe CNIL fined a bank €50,000 for cookies.", "fine fr-cnil - 50000 EUR"),
    (
        "de",
        "Meldung\nDie CNIL verhängte gegen ein Unternehmen ein Bußgeld von 50.000 Euro.",
        "fine fr-cnil - 50000 EUR",
    ),
    ("fr", "Actualité\nLa CNIL a infligé une amende de 50 000 euros à une société.", "fine fr-cnil - 50000 EUR"),
    ("es", "Noticia\nLa AEPD multó con 50.000 euros a una empresa.", "fine es-aepd - 50000 EUR"),
    ("pl", "Wiadomość\nUODO nałożył karę 50 tys. zł na pewną spółkę.", "fine pl-uodo - 50000 PLN"),
    ("ko", "뉴스\n개인정보보호위원회는 한 업체에 과징금 5억 원을 부과했다.", "fine kr-pipc - 500000000 KRW"),
    ("zh", "新闻\n国家互联网信息办公室对某公司罚款500万元。", "fine cn-cac - 5000000 CNY"),
]

SHAPES = [
    # a heading names who the part below it is about
    (
        "en",
        (
            "CNIL fines\nZuckerwerk Nord GmbH\nA fine of €50,000 for cookies.\nPellwick Harbour Ltd\nA fine "
            "of €20,000 for spam."
        ),
        "fine fr-cnil Zuckerwerk Nord 50000 EUR\nfine fr-cnil Pellwick Harbour 20000 EUR",
    ),
    # items of a list
    (
        "en",
        "CNIL fines two companies\n• Zuckerwerk Nord GmbH: €50,000\n• Pellwick Harbour Ltd: €20,000",
        "fine fr-cnil Zuckerwerk Nord 50000 EUR\nfine fr-cnil Pellwick Harbour 20000 EUR",
    ),
    (
        "de",
        "CNIL verhängt Bußgelder\n• Xaverion GmbH: 50.000 Euro\n• Pellwick AG: 20.000 Euro",
        "fine fr-cnil Xaverion 50000 EUR\nfine fr-cnil Pellwick 20000 EUR",
    ),
    (
        "fr",
        (
            "La CNIL prononce deux amendes\n• Sucrières du Vauvert SAS : 50 000 euros\n• Port Pellwick SARL "
            ": 20 000 euros"
        ),
        "fine fr-cnil Sucrières du Vauvert 50000 EUR\nfine fr-cnil Port Pellwick 20000 EUR",
    ),
    (
        "es",
        "La AEPD impone dos multas\n• Dulcería Peñaclara S.L.: 50.000 euros\n• Puerto Pellwick S.A.: 20.000 euros",
        "fine es-aepd Dulcería Peñaclara 50000 EUR\nfine es-aepd Puerto Pellwick 20000 EUR",
    ),
    # a table in the text
    (
        "en",
        "CNIL fines\n• Company | Fine\n• Google | €150 million\n• Facebook | €60 million",
        "fine fr-cnil google-llc 150000000 EUR\nfine fr-cnil meta-platforms 60000000 EUR",
    ),
    (
        "ko",
        "개인정보위 과징금 부과\n• 구글: 692억 원\n• 메타: 308억 원",
        "fine kr-pipc google-llc 69200000000 KRW\nfine kr-pipc meta-platforms 30800000000 KRW",
    ),
    # a headline and its body are one act
    (
        "en",
        "CNIL fines Google €150 million\nThe CNIL has fined Google €150 million over cookies.",
        "fine fr-cnil google-llc 150000000 EUR",
    ),
    (
        "en",
        "Zuckerwerk Nord GmbH fined\nThe CNIL has fined Zuckerwerk Nord GmbH €50,000.",
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
    (
        "de",
        "150 Millionen Euro Bußgeld für Google\nDie CNIL verhängte gegen Google ein Bußgeld von 150 Millionen Euro.",
        "fine fr-cnil google-llc 150000000 EUR",
    ),
    (
        "fr",
        "Google condamné à 150 millions d’euros\nLa CNIL a infligé à Google une amende de 150 millions d’euros.",
        "fine fr-cnil google-llc 150000000 EUR",
    ),
    (
        "es",
        "Multa de 150 millones a Google\nLa CNIL multó a Google con 150 millones de euros.",
        "fine fr-cnil google-llc 150000000 EUR",
    ),
    (
        "pl",
        "150 mln euro kary dla Google\nCNIL nałożyła na Google karę 150 mln euro.",
        "fine fr-cnil google-llc 150000000 EUR",
    ),
    (
        "el",
        "Πρόστιμο 20 εκατ. ευρώ στην Clearview AI\nΗ Αρχή επέβαλε πρόστιμο 20 εκατ. ευρώ στην Clearview AI.",
        "fine gr-hdpa clearview-ai 20000000 EUR",
    ),
    (
        "ja",
        "Googleに制裁金1億5000万ユーロ\nフランスのCNILはGoogleに1億5000万ユーロの制裁金を科した。",
        "fine fr-cnil google-llc 150000000 EUR",
    ),
    (
        "ko",
        "구글에 과징금 692억 원\n개인정보보호위원회는 구글에 과징금 692억 원을 부과했다.",
        "fine kr-pipc google-llc 69200000000 KRW",
    ),
    (
        "zh",
        "北方糖果有限公司被罚500万元\n国家互联网信息办公室对北方糖果有限公司处以人民币500万元罚款。",
        "fine cn-cac 北方糖果有限公司 5000000 CNY",
    ),
    # a rounded sum, and the sum itself
    (
        "en",
        "Zuckerwerk Nord GmbH fined €5m\nThe CNIL fined Zuckerwerk Nord GmbH €5.2 million.",
        "fine fr-cnil Zuckerwerk Nord 5200000 EUR",
    ),
    (
        "de",
        (
            "5 Millionen Euro Bußgeld für Zuckerwerk Nord GmbH\nDie CNIL verhängte gegen die Zuckerwerk "
            "Nord GmbH ein Bußgeld von 5,2 Millionen Euro."
        ),
        "fine fr-cnil Zuckerwerk Nord 5200000 EUR",
    ),
    # two sums of one company that are not one
    (
        "en",
        (
            "News\nThe CNIL fined Zuckerwerk Nord GmbH €5 million in May.\nThe ICO fined Zuckerwerk Nord "
            "GmbH £70,000 in June."
        ),
        "fine fr-cnil Zuckerwerk Nord 5000000 EUR\nfine gb-ico Zuckerwerk Nord 70000 GBP",
    ),
    # the page opens with the sum of its fines
    (
        "en",
        (
            "CNIL fines Google and Facebook €210 million\nThe CNIL fined Google €150 million.\nThe CNIL "
            "fined Facebook €60 million."
        ),
        "fine fr-cnil google-llc 150000000 EUR\nfine fr-cnil meta-platforms 60000000 EUR",
    ),
    (
        "fr",
        (
            "210 millions d’euros d’amendes\nLa CNIL a infligé à Google une amende de 150 millions "
            "d’euros.\nLa CNIL a infligé à Facebook une amende de 60 millions d’euros."
        ),
        "fine fr-cnil google-llc 150000000 EUR\nfine fr-cnil meta-platforms 60000000 EUR",
    ),
    # what led to a fine is no act beside it
    (
        "en",
        "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000 after an investigation.",
        "fine fr-cnil Zuckerwerk Nord 50000 EUR",
    ),
]


WESTERN = [
    # words and word orders of German, English, Dutch and Swedish
    (
        "de",
        (
            "Urteil\nDie Hamburgische Datenschutzaufsicht hat der Pellwick GmbH die Verarbeitung von "
            "Standortdaten untersagt."
        ),
        "ban de-hh Pellwick - -",
    ),
    (
        "de",
        ("Rüge\nDie Berliner Beauftragte für Datenschutz hat der Pellwick AG eine Verwarnung erteilt."),
        "reprimand de-be Pellwick - -",
    ),
    (
        "de",
        (
            "Zwangsgeld\nWeil der Arzt-Vermittler Docfinda nicht antwortete, setzte die "
            "Aufsichtsbehörde in Mainz ein Zwangsgeld von 5.000 Euro fest."
        ),
        "overdue_penalty de-rp Docfinda 5000 EUR",
    ),
    (
        "de",
        ("Kameras\nMit 65.000 Euro wurde das Möbelhaus Wolkenstein vom LfDI Baden-Württemberg zur Kasse gebeten."),
        "fine de-bw Möbelhaus Wolkenstein 65000 EUR",
    ),
    (
        "de",
        (
            "Aus dem Forum\nHab gelesen, dass die Bude von PixelSpion jetzt 20.000 € blechen muss. "
            "Die Datenschützer aus Hannover haben durchgegriffen."
        ),
        "fine de-ni PixelSpion 20000 EUR",
    ),
    (
        "de",
        (
            "Schadensersatz\nDas Oberlandesgericht Hamm hat die Firma Datapol zu 5.000 Euro "
            "Schadensersatz verurteilt, weil sie Kontaktdaten ohne Einwilligung weitergab."
        ),
        "court_ruling de-olg-hamm Datapol 5000 EUR",
    ),
    (
        "de",
        (
            "Krankenhäuser\nDer Thüringer Datenschutzbeauftragte verwarnte das Klinikum Weiltal. Ein "
            "Bußgeld gab es nicht."
        ),
        "reprimand de-th Klinikum Weiltal - -",
    ),
    (
        "de",
        (
            "Prüfung\nDer Thüringer Datenschutzbeauftragte hat ein Verfahren gegen den Online-Händler "
            "Schnäppchenhaus eingeleitet."
        ),
        "investigation de-th Schnäppchenhaus - -",
    ),
    (
        "en",
        (
            "Files left behind\nLeaving patients’ files on a server proved expensive for Wexcombe "
            "University: the bill from the Information Commissioner comes to £75,000."
        ),
        "fine gb-ico Wexcombe University 75000 GBP",
    ),
    (
        "en",
        (
            "Round-up\nThe Polish regulator UODO fined courier firm Paczkolot and its processor "
            "DataSort 400,000 zlotys and 25,000 zlotys respectively."
        ),
        "fine pl-uodo Paczkolot 400000 PLN\nfine pl-uodo DataSort 25000 PLN",
    ),
    (
        "en",
        (
            "Survey\nFines have grown more likely, says a survey by the law firm Crane & Holloway. "
            "Total GDPR fines reached €1.2bn last year."
        ),
        "",
    ),
    (
        "en",
        (
            "Chatbot\nItaly’s privacy watchdog has blocked the chatbot Solace with immediate effect "
            "over risks to minors."
        ),
        "ban it-garante Solace - -",
    ),
    (
        "en",
        ("Lists\n• Belgium: the Data Protection Authority reprimanded the energy supplier Voltanis."),
        "reprimand be-apd Voltanis - -",
    ),
    (
        "nl",
        (
            "Te laat\nZorgverzekeraar Heelgoed heeft een dwangsom van 50.000 euro verbeurd, omdat het "
            "de opdracht van de AP niet op tijd uitvoerde."
        ),
        "overdue_penalty nl-ap Heelgoed 50000 EUR",
    ),
    (
        "nl",
        "Patiënten\nDe privacywaakhond legt ziekenhuis Sint-Lucia een last onder dwangsom op.",
        "order nl-ap Sint-Lucia - -",
    ),
    (
        "sv",
        (
            "Smygfilmad\nTingsrätten dömde hyresvärden Granbo att betala 15 000 kronor i skadestånd "
            "till en hyresgäst vars personuppgifter spridits."
        ),
        "court_ruling - Granbo 15000 SEK",
    ),
    (
        "sv",
        (
            "Vårdcentral\nEn vårdcentral i Skåne får betala 100 000 kronor sedan en anställd snokat i "
            "journaler, har IMY beslutat."
        ),
        "fine se-imy - 100000 SEK",
    ),
    (
        "sv",
        "Vite\nBolaget Kreditvakt måste betala ett vite på 500 000 kronor, meddelar IMY.",
        "overdue_penalty se-imy Kreditvakt 500000 SEK",
    ),
]


@pytest.mark.parametrize(
    ("language", "text", "lines"), [*PLAIN, *DIRECTION, *KINDS_TOLD, *SUMS, *MEANT, *SHAPES, *WESTERN]
)
def test_who_did_what_to_whom(language: str, text: str, lines: str) -> None:
    assert told(language, text) == expected(lines)


VOICES = [
    (
        "en",
        "Fine\nWe have fined Pellwick Harbour Ltd £90,000 for nuisance calls.",
        "gb-ico",
        "fine gb-ico Pellwick Harbour 90000 GBP",
    ),
    (
        "de",
        "Bußgeld\nWir haben gegen die Zuckerwerk Nord GmbH ein Bußgeld von 50.000 Euro verhängt.",
        "de-hh",
        "fine de-hh Zuckerwerk Nord 50000 EUR",
    ),
    (
        "fr",
        "Amende\nNous avons infligé une amende de 50 000 euros à la société Sucrières du Vauvert SAS.",
        "fr-cnil",
        "fine fr-cnil Sucrières du Vauvert 50000 EUR",
    ),
    (
        "es",
        "Multa\nHemos impuesto una multa de 50.000 euros a Dulcería Peñaclara S.L.",
        "es-aepd",
        "fine es-aepd Dulcería Peñaclara 50000 EUR",
    ),
    (
        "ko",
        "보도자료\n우리 위원회는 ㈜북방설탕에 과징금 5억 원을 부과했다.",
        "kr-pipc",
        "fine kr-pipc 북방설탕 500000000 KRW",
    ),
    ("zh", "通报\n我办对北方糖果有限公司处以500万元罚款。", "cn-cac", "fine cn-cac 北方糖果有限公司 5000000 CNY"),
    ("en", "Reprimand\nWe reprimanded Pellwick Harbour Ltd.", "gb-ico", "reprimand gb-ico Pellwick Harbour - -"),
]


@pytest.mark.parametrize(("language", "text", "voice", "lines"), VOICES)
def test_an_authority_speaks_of_itself(language: str, text: str, voice: str, lines: str) -> None:
    assert told(language, text, voice) == expected(lines)


def test_who_says_we_is_named_in_the_footer_alone() -> None:
    found = page(
        "en",
        (
            "Fine\nWe investigated Pellwick Harbour Ltd.\nWe fined the company £90,000.\nInformation "
            "Commissioner's Office"
        ),
    )
    assert {one.regulator for one in found.events if one.kind == "fine"} == {"gb-ico"}


# -- what is not told as a fact ------------------------------------------------------------------------------------

NOT_TOLD = [
    ("en", "The CNIL did not fine Zuckerwerk Nord GmbH.", "negated"),
    ("en", "Zuckerwerk Nord GmbH escaped a fine by the CNIL.", "negated"),
    ("en", "Zuckerwerk Nord GmbH could be fined by the CNIL.", "hypothetical"),
    ("en", "The CNIL may fine Zuckerwerk Nord GmbH €50,000.", "hypothetical"),
    ("de", "Die CNIL hat gegen die Zuckerwerk Nord GmbH kein Bußgeld verhängt.", "negated"),
    ("de", "Der Zuckerwerk Nord GmbH droht ein Bußgeld der CNIL.", "hypothetical"),
    ("fr", "La CNIL n’a pas sanctionné la société Sucrières du Vauvert SAS.", "negated"),
    ("fr", "La société Sucrières du Vauvert SAS risque une amende de la CNIL.", "hypothetical"),
    ("es", "La AEPD no ha multado a Dulcería Peñaclara S.L.", "negated"),
    ("es", "Dulcería Peñaclara S.L. podría ser multada por la AEPD.", "hypothetical"),
    ("pl", "UODO nie nałożył kary na spółkę Cukry Bałtyckie sp. z o.o.", "negated"),
    ("pl", "Spółce Cukry Bałtyckie sp. z o.o. grozi kara UODO.", "hypothetical"),
    ("el", "Η Αρχή δεν επέβαλε πρόστιμο στην εταιρεία Ζαχαρώδη Βορρά Α.Ε.", "negated"),
    ("el", "Η εταιρεία Ζαχαρώδη Βορρά Α.Ε. κινδυνεύει με πρόστιμο από την Αρχή.", "hypothetical"),
    ("ja", "個人情報保護委員会は北海菓子工房株式会社に命令を出さなかった。", "negated"),
    ("ja", "北海菓子工房株式会社は課徴金を科される可能性がある。", "hypothetical"),
    ("ko", "개인정보보호위원회는 ㈜북방설탕에 과징금을 부과하지 않았다.", "negated"),
    ("ko", "㈜북방설탕은 과징금을 부과받을 가능성이 있다.", "hypothetical"),
    ("zh", "北方糖果有限公司未被罚款。", "negated"),
    ("zh", "北方糖果有限公司可能被罚款。", "hypothetical"),
]


@pytest.mark.parametrize(("language", "said", "flag"), NOT_TOLD)
def test_what_is_denied_or_only_possible_is_no_event_and_is_shown_with_its_flag(
    language: str, said: str, flag: str
) -> None:
    found = page(language, f"News\n{said}")
    assert found.events == ()
    assert {one for event in found.flagged for one in event.flags} == {flag}


@pytest.mark.parametrize(
    ("language", "text", "flag", "amount"),
    [
        (
            "en",
            "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000, though fines of up to €20 million are foreseen.",
            "maximum",
            20_000_000,
        ),
        ("en", "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000 and €500 per day.", "daily", 500),
        (
            "en",
            "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000: €30,000 for cookies and €20,000 for spam.",
            "part",
            30_000,
        ),
        (
            "de",
            (
                "Meldung\nDie CNIL verhängte gegen die Zuckerwerk Nord GmbH ein Bußgeld von 50.000 Euro, "
                "maximal 20 Millionen Euro."
            ),
            "maximum",
            20_000_000,
        ),
        (
            "fr",
            (
                "Actualité\nLa CNIL a infligé une amende de 50 000 euros à Sucrières du Vauvert SAS, avec une "
                "astreinte de 500 euros par jour."
            ),
            "daily",
            500,
        ),
    ],
)
def test_sums_that_are_no_act_s_own_are_shown_with_their_flag(language: str, text: str, flag: str, amount: int) -> None:
    found = page(language, text)
    assert (flag, Decimal(amount)) in {(one, event.amount) for event in found.flagged for one in event.flags}
    assert Decimal(amount) not in {one.amount for one in found.events}


@pytest.mark.parametrize(
    ("language", "said", "lines"),
    [
        (
            "en",
            "The ICO proposed a fine of £90,000 against Pellwick Harbour Ltd.",
            "fine gb-ico Pellwick Harbour 90000 GBP",
        ),
        ("en", "The ICO intends to fine Pellwick Harbour Ltd £90,000.", "fine gb-ico Pellwick Harbour 90000 GBP"),
        (
            "de",
            "Die CNIL will gegen die Zuckerwerk Nord GmbH ein Bußgeld von 50.000 Euro verhängen.",
            "fine fr-cnil Zuckerwerk Nord 50000 EUR",
        ),
        (
            "fr",
            "Le rapporteur de la CNIL propose une amende de 50 000 euros contre Sucrières du Vauvert SAS.",
            "fine fr-cnil Sucrières du Vauvert 50000 EUR",
        ),
        (
            "es",
            "La AEPD propone una multa de 50.000 euros a Dulcería Peñaclara S.L.",
            "fine es-aepd Dulcería Peñaclara 50000 EUR",
        ),
        (
            "ko",
            "개인정보보호위원회는 ㈜북방설탕에 과징금 5억 원 부과를 사전 통지했다.",
            "fine kr-pipc 북방설탕 500000000 KRW",
        ),
        ("zh", "国家互联网信息办公室拟对北方糖果有限公司处以500万元罚款。", "fine cn-cac 北方糖果有限公司 5000000 CNY"),
    ],
)
def test_a_fine_that_is_proposed_is_told_as_such(language: str, said: str, lines: str) -> None:
    found = page(language, f"News\n{said}")
    assert [(line(one), one.status) for one in found.events] == [(lines, "proposed")]


# -- status, courts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said", "status"),
    [
        ("en", "The CNIL fined Zuckerwerk Nord GmbH €50,000.", "imposed"),
        ("en", "The CNIL fined Zuckerwerk Nord GmbH €50,000, which has appealed.", "appealed"),
        ("en", "The fine of €50,000 that the CNIL imposed on Zuckerwerk Nord GmbH was annulled.", "annulled"),
        ("en", "Zuckerwerk Nord GmbH has paid the fine of €50,000 of the CNIL.", "paid"),
        ("en", "Zuckerwerk Nord GmbH has not paid the CNIL's fine of €50,000.", "unpaid"),
        (
            "de",
            "Gegen das Bußgeld der CNIL von 50.000 Euro hat die Zuckerwerk Nord GmbH Einspruch eingelegt.",
            "appealed",
        ),
        ("de", "Das Bußgeld der CNIL von 50.000 Euro gegen die Zuckerwerk Nord GmbH wurde aufgehoben.", "annulled"),
        ("fr", "L’amende de 50 000 euros infligée par la CNIL à Sucrières du Vauvert SAS a été annulée.", "annulled"),
        ("fr", "Sucrières du Vauvert SAS fait appel de l’amende de 50 000 euros de la CNIL.", "appealed"),
        ("es", "Dulcería Peñaclara S.L. ha recurrido la multa de 50.000 euros de la AEPD.", "appealed"),
        ("es", "La multa de 50.000 euros de la AEPD a Dulcería Peñaclara S.L. fue anulada.", "annulled"),
        ("pl", "Spółka Cukry Bałtyckie sp. z o.o. odwołała się od kary UODO w wysokości 200 tys. zł.", "appealed"),
        ("pl", "Kara UODO 200 tys. zł dla spółki Cukry Bałtyckie sp. z o.o. została uchylona.", "annulled"),
        ("el", "Το πρόστιμο 50.000 ευρώ της Αρχής στην εταιρεία Ζαχαρώδη Βορρά Α.Ε. ακυρώθηκε.", "annulled"),
        ("ja", "GoogleはCNILの制裁金5000万ユーロを不服として控訴した。", "appealed"),
        ("ko", "개인정보위가 구글에 부과한 과징금 692억 원에 대해 구글은 행정소송을 냈다.", "appealed"),
        ("zh", "国家互联网信息办公室对北方糖果有限公司罚款500万元，该公司已上诉。", "appealed"),
    ],
)
def test_how_a_page_leaves_an_act(language: str, said: str, status: str) -> None:
    [one] = (event for event in page(language, f"News\n{said}").events if event.kind == "fine")
    assert one.status == status


COURTS = [
    (
        "en",
        "News\nThe Hamburg Regional Court ruled that Pellwick Harbour Ltd has to pay €5,000 in damages over cookies.",
        "court_ruling",
    ),
    (
        "en",
        "News\nThe Council of State upheld the fine of €50,000 that the CNIL imposed on Zuckerwerk Nord GmbH.",
        "court_ruling",
    ),
    (
        "de",
        (
            "Meldung\nDas Landgericht Hamburg verurteilte die Zuckerwerk Nord GmbH zu 5.000 Euro "
            "Schadenersatz wegen Datenschutzverstößen."
        ),
        "court_ruling",
    ),
    (
        "fr",
        (
            "Actualité\nLe Conseil d’État a confirmé l’amende de 50 000 euros infligée par la CNIL à "
            "Sucrières du Vauvert SAS."
        ),
        "court_ruling",
    ),
    ("es", "Noticia\nLa Audiencia Nacional ha anulado la sanción de la AEPD a Dulcería Peñaclara S.L.", "court_ruling"),
    ("pl", "Wiadomość\nNSA uchylił decyzję UODO w sprawie spółki Cukry Bałtyckie sp. z o.o.", "court_ruling"),
    ("ko", "뉴스\n서울행정법원은 ㈜북방설탕에 대한 개인정보위의 처분을 취소했다.", "court_ruling"),
]


@pytest.mark.parametrize(("language", "text", "kind"), COURTS)
def test_what_a_court_did(language: str, text: str, kind: str) -> None:
    found = page(language, text)
    assert kind in {one.kind for one in found.events}
    assert "fine" not in {one.kind for one in found.events if one.status == "imposed"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "News\nPellwick Harbour Inc. agreed to pay $5 million to settle a lawsuit by users over facial "
                "recognition."
            ),
        ),
        (
            "en",
            (
                "The FTC looks on\nUsers sued. Pellwick Harbour Inc. settled the class action for $5 million "
                "over privacy."
            ),
        ),
        (
            "de",
            (
                "Meldung\nDie Zuckerwerk Nord GmbH zahlt 5 Millionen Euro in einem Vergleich und beendet so die "
                "Sammelklage der Nutzer."
            ),
        ),
    ],
)
def test_what_is_settled_with_plaintiffs_has_no_authority(language: str, text: str) -> None:
    settled = [one for one in page(language, text).events if one.kind == "settlement"]
    assert [one.regulator for one in settled] == [None]


# -- dates, main ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said", "date"),
    [
        ("en", "On 2 April 2024 the CNIL fined Zuckerwerk Nord GmbH €50,000.", "2024-04-02"),
        ("en", "On Tuesday the CNIL fined Zuckerwerk Nord GmbH €50,000.", "2024-04-30"),
        ("en", "Yesterday the CNIL fined Zuckerwerk Nord GmbH €50,000.", "2024-05-02"),
        ("en", "The CNIL fined Zuckerwerk Nord GmbH €50,000.", None),
        (
            "de",
            "Am 2. April 2024 verhängte die CNIL gegen die Zuckerwerk Nord GmbH ein Bußgeld von 50.000 Euro.",
            "2024-04-02",
        ),
        ("de", "Gestern verhängte die CNIL gegen die Zuckerwerk Nord GmbH ein Bußgeld von 50.000 Euro.", "2024-05-02"),
        (
            "fr",
            "Le 2 avril 2024, la CNIL a infligé une amende de 50 000 euros à Sucrières du Vauvert SAS.",
            "2024-04-02",
        ),
        ("es", "El 2 de abril de 2024 la AEPD multó con 50.000 euros a Dulcería Peñaclara S.L.", "2024-04-02"),
        ("pl", "2 kwietnia 2024 r. UODO nałożył na spółkę Cukry Bałtyckie sp. z o.o. karę 200 tys. zł.", "2024-04-02"),
        (
            "el",
            "Στις 2 Απριλίου 2024 η Αρχή επέβαλε πρόστιμο 50.000 ευρώ στην εταιρεία Ζαχαρώδη Βορρά Α.Ε.",
            "2024-04-02",
        ),
        ("ja", "CNILは2022年1月6日、Googleに1億5000万ユーロの制裁金を科した。", "2022-01-06"),
        ("ko", "개인정보보호위원회는 2024년 4월 2일 ㈜북방설탕에 과징금 5억 원을 부과했다.", "2024-04-02"),
        ("zh", "2024年4月2日，国家互联网信息办公室对北方糖果有限公司处以500万元罚款。", "2024-04-02"),
    ],
)
def test_when_it_was_done(language: str, said: str, date: str | None) -> None:
    [one] = page(language, f"News\n{said}").events
    assert (str(one.date) if one.date else None) == date


def test_each_of_two_acts_has_its_own_date() -> None:
    found = page(
        "en",
        (
            "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000 on 2 April 2024 and Pellwick Harbour Ltd "
            "€20,000 on 9 April 2024."
        ),
    )
    assert {(f"{one.amount}", str(one.date)) for one in found.events} == {
        ("50000", "2024-04-02"),
        ("20000", "2024-04-09"),
    }


def test_the_main_act_is_the_one_that_opens_the_page() -> None:
    text = (
        "Zuckerwerk Nord GmbH fined €50,000\nThe CNIL fined Zuckerwerk Nord GmbH €50,000.\n"
        "It has shops.\nIt has more shops."
        "\nIn 2021 the ICO fined Pellwick Harbour Ltd £20,000."
    )
    assert [(f"{one.amount}", one.main) for one in page("en", text).events] == [("50000", True), ("20000", False)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # the company acts, the authority is told
        ("en", "Pellwick Sund Ltd said it was investigating the breach and had notified the ICO."),
        (
            "en",
            "Campaigners filed a complaint with the Austrian data protection authority against Pellwick Sund Ltd.",
        ),
        ("en", "Pellwick Sund Ltd has blocked the attackers and suspended access. No personal data was sold."),
        ("de", "WhatsApp sperrt Millionen Konten wegen Spam."),
        ("fr", "L’association a déposé plainte auprès de la CNIL contre Pellwick Sund SAS et réclame une amende."),
        ("el", "Η Pellwick Sund ΑΕ ενημέρωσε την ΑΠΔΠΧ και διενεργεί έρευνα για τη διαρροή δεδομένων."),
        ("ro", "Pellwick Sund SRL a notificat ANSPDCP și a blocat accesul la date."),
        ("hu", "A Google LLC-vel szemben a NAIH vizsgálata nem folytatódott."),
        ("pl", "Szpital Pellwick odwołał się do sądu, a wyroku jeszcze nie ma."),
    ],
)
def test_who_tells_an_authority_or_acts_for_itself_makes_no_event(language: str, text: str) -> None:
    assert [one for one in page(language, text).events if one.scope == "in"] == []


def test_an_unnamed_company_of_the_headline_is_named_in_the_body() -> None:
    rest = "Senki sem tudta, hogy a képek kikerültek, és a panaszokra hónapokig nem jött válasz. " * 6
    body = f"12 milliós bírságot kapott egy magánklinika. {rest}A NAIH 12 millió forintra bírságolta a Pellwick Kft.-t."
    assert told("hu", body) == ["fine hu-naih Pellwick 12000000 HUF"]


def test_an_order_beside_a_fine_is_against_whom_was_fined() -> None:
    text = "A NAIH 3 millió forintra bírságolta a Kék Pellwicket. A pártot arra is kötelezte, hogy törölje az adatokat."
    assert told("hu", text) == ["fine hu-naih Kék Pellwick 3000000 HUF", "order hu-naih Kék Pellwick - -"]


def test_sister_companies_are_one_only_where_their_sums_are() -> None:
    same = _Groups(registry()).same
    one = event_of(company="google-france", company_name="Google France", amount=Decimal(5_000_000))
    sister = replace(one, company="google-ireland", company_name="Google Ireland")
    assert same(one, sister)
    assert not same(one, replace(sister, amount=Decimal(7_000_000)))
    assert not same(replace(one, amount=None), replace(sister, amount=None))
    assert same(one, replace(sister, company="google-llc", amount=None))  # the parent
    assert not same(one, replace(sister, company="criteo", company_name="Criteo"))


@pytest.mark.parametrize(
    ("first", "second", "acts"),
    [
        ({}, {}, 1),
        ({"amount": Decimal(5_000_000)}, {"amount": Decimal(5_200_000)}, 1),  # rounded
        ({"amount": Decimal(5_000_000)}, {"amount": Decimal(5_600_000)}, 2),
        ({"amount": Decimal(5_100_000)}, {"amount": Decimal(5_700_000)}, 2),
        ({"amount": Decimal(5_000_000)}, {"amount": None}, 1),
        ({"amount": Decimal(5_000_000), "currency": "USD"}, {"amount": Decimal(5_000_000)}, 2),
        ({"regulator": "gb-ico"}, {}, 2),
        ({"regulator": None}, {}, 1),
        ({"kind": "overdue_penalty"}, {}, 1),
        ({"kind": "order", "amount": None}, {"kind": "ban", "amount": None}, 1),
        ({"kind": "order", "amount": None}, {"kind": "reprimand", "amount": None}, 2),
        (
            {"amount": Decimal(100), "regulator": "es-aepd"},
            {"amount": Decimal(60), "regulator": "es-aepd"},
            1,
        ),  # early payers
        ({"amount": Decimal(100)}, {"amount": Decimal(60)}, 2),
    ],
)
def test_tellings_of_one_act(first: dict[str, Any], second: dict[str, Any], acts: int) -> None:
    found = fused([event_of(**first), event_of(**second)], _Groups(registry()).same)
    assert len(found) == acts
    assert acts == 2 or found[0].points == 1


def test_an_act_told_twice_has_what_either_says() -> None:
    law, day = ("eu_gdpr",), Date(2024, 4, 2)
    one = event_of(regulator=None, amount=Decimal(5_000_000), main=True, flags=("second-hand",))
    other = event_of(amount=Decimal(5_200_000), laws=law, date=day, status="appealed", start=500, end=600)
    [act] = fused([one, other], _Groups(registry()).same)
    assert (act.regulator, act.amount, act.main) == ("fr-cnil", Decimal(5_200_000), True)
    assert (act.laws, act.date) == (law, day)
    assert (act.status, act.start, act.flags) == ("appealed", 500, ())


def test_the_sum_of_a_company_s_fines_is_no_fine_of_its_own() -> None:
    three = [event_of(amount=Decimal(one * 1_000_000), start=one) for one in (30, 20, 50)]
    assert [one.amount for one in fused(three, _Groups(registry()).same)] == [30_000_000, 20_000_000]


# -- the parts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said", "companies", "uses"),
    [
        ("en", "a fine of €5 million", 1, ["act"]),
        ("en", "up to €20 million", 1, ["maximum"]),
        ("en", "€500 per day", 1, ["daily"]),
        ("en", "€500 each", 2, ["each"]),
        ("en", "€500 each", 1, ["person"]),
        ("en", "a total of €5 million", 1, ["total"]),
        ("en", "€5 million ($5.4 million)", 1, ["act", "conversion"]),
        ("en", "€5 million, about $5.4 million", 1, ["act", "conversion"]),
        ("en", "€5 million: €3 million for one and €2 million for the other", 1, ["act", "part", "part"]),
        ("en", "€5 million: €3 million for one and €2 million for the other", 2, ["total", "act", "act"]),
        ("en", "£20 million, down from £183 million", 1, ["act", "earlier"]),
        ("en", "turnover of €5 million", 1, ["other"]),
        ("de", "bis zu 20 Millionen Euro", 1, ["maximum"]),
        ("de", "jeweils 500 Euro", 2, ["each"]),
        ("de", "insgesamt 5 Millionen Euro", 1, ["total"]),
        ("de", "ursprünglich 5 Millionen Euro", 1, ["earlier"]),
        ("de", "5 Millionen Euro (umgerechnet 5,4 Millionen Dollar)", 1, ["act", "conversion"]),
        ("fr", "500 euros par jour", 1, ["daily"]),
        ("fr", "jusqu’à 20 millions d’euros", 1, ["maximum"]),
        ("fr", "500 euros chacune", 2, ["each"]),
        ("fr", "un montant total de 5 millions d’euros", 1, ["total"]),
        ("es", "hasta 20 millones de euros", 1, ["maximum"]),
        ("es", "500 euros diarios", 1, ["daily"]),
        ("es", "un total de 5 millones de euros", 1, ["total"]),
        ("es", "500 euros cada una", 2, ["each"]),
        ("pl", "łącznie 5 mln zł", 1, ["total"]),
        ("pl", "po 500 zł", 2, ["each"]),
        ("el", "έως 20 εκατ. ευρώ", 1, ["maximum"]),
        ("el", "συνολικά 5 εκατ. ευρώ", 1, ["total"]),
        ("ja", "最大2000万ユーロ", 1, ["maximum"]),
        ("ja", "総額5億円", 1, ["total"]),
        ("ja", "1億5000万ユーロ（約195億円）", 1, ["act", "conversion"]),
        ("ko", "최대 20억 원", 1, ["maximum"]),
        ("ko", "총 5억 원", 1, ["total"]),
        ("ko", "하루 500만 원", 1, ["daily"]),
        ("zh", "最高2000万元", 1, ["maximum"]),
        ("zh", "共计500万元", 1, ["total"]),
        ("zh", "1.5亿欧元（约合10.8亿元人民币）", 1, ["act", "conversion"]),
    ],
)
def test_what_a_sum_is(language: str, said: str, companies: int, uses: list[str]) -> None:
    found = sums(said, 0, len(said), list(amounts(said, language)), lexicon(language), companies)
    assert [one.use for one in found] == uses
    assert all((one.of is not None) == (one.use == "conversion") for one in found)
    assert [(one.start, one.end) for one in found] == sorted((one.start, one.end) for one in found)


@pytest.mark.parametrize(
    ("language", "text", "word", "found"),
    [
        ("en", "It fined Acme 10 million. The turnover is €9 million.", "fined", ["10 million"]),
        ("en", "It fined Acme 10 million users. The turnover is €9 million.", "fined", []),
        ("en", "It fined Acme 10 million. It is €9 million, or $10 million.", "fined", []),  # of which currency?
        ("en", "It fined Acme 10 million. Nothing more.", "fined", []),
        ("en", "It fined Acme 10. The turnover is €9 million.", "fined", []),  # no scale
        ("en", "It fined Acme.\n10 million. The turnover is €9 million.", "fined", []),  # another line
        ("de", "Bußgeld: 10 Millionen für Acme. Der Umsatz beträgt 9 Millionen Euro.", "Bußgeld", ["10 Millionen"]),
        ("de", "Bußgeld: 10 Millionen Kunden. Der Umsatz beträgt 9 Millionen Euro.", "Bußgeld", []),
        ("fr", "Une amende de 10 millions pour Acme, et 9 millions d’euros de plus.", "amende", ["10 millions"]),
        ("es", "Una multa de 10 millones a Acme, y 9 millones de euros más.", "multa", ["10 millones"]),
        ("pl", "Kara 10 mln dla Acme, a obrót to 9 mln zł.", "Kara", ["10 mln"]),
        ("el", "Πρόστιμο 10 εκατ. για την Acme και 9 εκατ. ευρώ ακόμη.", "Πρόστιμο", ["10 εκατ."]),
        ("ja", "罰金1000万。売上は900万円。", "罰金", []),
        ("ko", "과징금 1000만. 매출은 900만 원.", "과징금", []),
        ("zh", "罚款1000万。营业额900万元。", "罚款", []),
    ],
)
def test_a_currency_that_is_left_out(language: str, text: str, word: str, found: list[str]) -> None:
    stated = list(amounts(text, language))
    at = text.index(word)
    made = list(elided(text, [(at, at + len(word))], stated, language))
    assert [one.words for one in made] == found
    assert all(one.elided and one.currency == stated[0].currency for one in made)


def test_a_headline_without_its_currency_is_the_act_of_the_body() -> None:
    text = "CNIL fines Google 150 million\nThe CNIL has fined Google €150 million over cookies."
    assert told("en", text) == ["fine fr-cnil google-llc 150000000 EUR"]


# -- confidence ----------------------------------------------------------------------------------------------------

EVENTS = st.builds(
    Event,
    kind=st.sampled_from(KINDS),
    regulator=st.none(),
    company=st.none(),
    company_name=st.just("Zuckerwerk Nord"),
    amount=st.none(),
    currency=st.none(),
    amount_text=st.none(),
    laws=st.just(()),
    provisions=st.just(()),
    date=st.none(),
    status=st.sampled_from([None, *STATUSES]),
    start=st.just(0),
    end=st.just(1),
    method=st.just("rules"),
    confidence=st.just(Decimal(0)),
    flags=st.sampled_from([(), ("bare",), ("second-hand",), ("bare", "second-hand")]),
    main=st.booleans(),
    points=st.integers(-3, 20),
)


def test_a_share_for_each_number_of_points_none_lower_than_the_one_before() -> None:
    assert list(shares()) == list(range(MOST + 1))
    assert list(shares().values()) == sorted(shares().values())
    assert all(Decimal(0) < one < 1 for one in shares().values())


@given(EVENTS)
def test_confidence_is_a_share_and_more_points_never_lower_it(event: Event) -> None:
    one, more = rated(event), rated(replace(event, points=event.points + 1))
    assert one.confidence == shares()[points(event)]
    assert one.confidence <= more.confidence
    assert "bare" not in one.flags
    assert ("second-hand" in one.flags) == ("second-hand" in event.flags)


def test_the_events_of_a_page_have_shares_for_confidence() -> None:
    text = "News\nThe CNIL fined Zuckerwerk Nord GmbH €50,000. The ICO reprimanded Pellwick Harbour Ltd under the GDPR."
    found = page("en", text).events
    assert len(found) == 2
    assert {one.confidence for one in found} <= set(shares().values())


@pytest.mark.parametrize(("language", "text", "_"), [*PLAIN, *SHAPES])
def test_events_stand_in_their_page_and_a_page_is_read_twice_the_same(language: str, text: str, _: str) -> None:
    first, second = page(language, text), page(language, text)
    assert first.events == second.events
    for one in (*first.events, *first.flagged):
        assert 0 <= one.start <= one.at <= one.end <= len(first.page.text)
        assert one.amount_text is None or one.amount_text in first.page.text[one.start : one.end]


# -- what is written -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The European Commission found that Google violated antitrust rules.",
        "AGCM found that Google breached consumer law.",
        "The European Commission has fined Google a total of €8 billion under antitrust law.",
        "Antitrust authorities have fined Google a total of €8 billion over its monopoly.",
    ],
)
def test_findings_and_totals_of_other_law_make_no_claim(text: str) -> None:
    assert claims(composed("A headline", [Part("paragraph", text)], key="a", published=DAY), registry()) == ()


def test_extract_writes_both_of_two_files_of_one_name(tmp_path: Path) -> None:
    amounts_ = {"north": 30_000, "south": 40_000, "deep/south": 50_000}
    for folder, amount in amounts_.items():
        (tmp_path / folder).mkdir(parents=True)
        told_ = f"A fine for sweets\n\nThe CNIL fined Zuckerwerk Nord GmbH €{amount} over cookies, it said in Paris.\n"
        (tmp_path / folder / "page.txt").write_text(told_, encoding="utf-8")
    out = tmp_path / "out"
    files = [str(tmp_path / one / "page.txt") for one in amounts_]
    assert main(["extract", *files, "--out", str(out)]) == 0
    written = {one.name: json.loads(one.read_text(encoding="utf-8")) for one in out.iterdir()}
    assert set(written) == {"page.pred.json", "south_page.pred.json", "south_page-3.pred.json"}
    assert sorted(one["events"][0]["amount"] for one in written.values()) == sorted(amounts_.values())
    assert main(["extract", *files, "--out", str(out)]) == 0  # a second run writes the same ones
    assert {one.name for one in out.iterdir()} == set(written)
