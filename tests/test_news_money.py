"""Amounts of money in running text, in every language that news are read in."""

import re
import time
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.news.money import Amount, amounts

LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt", "pl", "sv", "el", "hu", "ro", "ja", "ko", "zh")
MARK = re.compile(r"\{([^|{}]*)\|([^|{}]*)\}")

# Texts with each amount marked: {its words|value currency}. A text without a mark holds none.
CASES = {
    "en": (
        "fined {€1.2bn|1200000000 EUR} over transfers",
        "a {£500k|500000 GBP} penalty and {$5m|5000000 USD} ({£4m|4000000 GBP}) in costs",
        "{half a million euros|500000 EUR}, then {one and a half million pounds|1500000 GBP}",
        "{two million dollars|2000000 USD}; {twenty-five thousand euros|25000 EUR}",
        "between {5|5000000 EUR} and {10 million euros|10000000 EUR}",
        "from {€5|5000000 EUR} to {€10 million|10000000 EUR}, or {$5|5000000 USD}-{$10 million|10000000 USD}",
        "{EUR 20 million|20000000 EUR}, {20,000,000 EUR|20000000 EUR}, {EUR20m|20000000 EUR}",
        "{GBP1,350,000.50|1350000.50 GBP}, {£1m|1000000 GBP}-{£2m|2000000 GBP}",
        "about {₹250 crore|2500000000 INR}, {Rs 5 lakh|500000 INR}",
        "{Rs. 10,00,000|1000000 INR}, {3 crore rupees|30000000 INR}",
        "{S$74,000|74000 SGD}, {HK$30,000|30000 HKD}, {NT$5 million|5000000 TWD}",
        "{A$50.6 million|50600000 AUD}, {C$20|20 CAD}",
        "{₺1.9 million|1900000 TRY}, {TL 1,900,000|1900000 TRY}, {R$ 50,000|50000 BRL}, {NZ$10,000|10000 NZD}",
        "a {5-million-euro|5000000 EUR} fine",
        "a {$1 million|1000000 USD}-a-day fine, {$7,500|7500 USD} per violation",
        "up to {€20 million|20000000 EUR} or 4% of turnover, whichever is higher",
        "fines of {€10 million|10000000 EUR} and {5 million|5000000 EUR} respectively",
        "{8 million pounds|8000000 GBP} ({$10.7 million|10700000 USD}), another was hit with {6 million|6000000 GBP}.",
        "fined {NOK 65 million|65000000 NOK} in 2021 (it had announced {100 million|100000000 NOK})",
        "fines of {90|90000000 EUR} and {60 million euros|60000000 EUR}",
        "fines of {10|10000000 EUR}, {20|20000000 EUR} and {35 million euros|35000000 EUR}",
        "{1.5 million Canadian dollars|1500000 CAD}, {US$ 2.5 billion|2500000000 USD}, {U.S. $3 million|3000000 USD}",
        "a {half-a-million-dollar|500000 USD} settlement",
        "{twenty million euros|20000000 EUR} (€20,000,000)",
        "{３，０００ yen|3000 JPY}, {¥500,000|500000 JPY}, {₩1.2 billion|1200000000 KRW}",
        "{€1.2 million|1200000 EUR}\u00a0and {€\u202f900,000|900000 EUR}",
        "The fine is {€20|20 EUR}.",
        "{$1.2 trillion|1200000000000 USD}, {12.7 million pounds sterling|12700000 GBP}",
    ),
    "fr": (
        "une amende de {900\u00a0000\u00a0€|900000 EUR}, puis {1\u202f500\u202f000\u202f€|1500000 EUR}",
        "une amende de {1,75 million d’euros|1750000 EUR}",
        "{trois millions d'euros|3000000 EUR} et {vingt-cinq mille euros|25000 EUR}",
        "{deux cent cinquante mille euros|250000 EUR}, {quatre-vingt-dix millions d’euros|90000000 EUR}",
        "{un million et demi d'euros|1500000 EUR}, {un demi-million d'euros|500000 EUR}",
        "{150 M€|150000000 EUR}, {50 M$|50000000 USD} et {3 Md€|3000000000 EUR}, {40 k€|40000 EUR}",
        "entre {5|5000000 EUR} et {10 millions d’euros|10000000 EUR}",
        "de {5 000|5000 EUR} à {10 000 euros|10000 EUR}",
        "{200 millions d'euros|200000000 EUR} pour Un et {125 millions|125000000 EUR} pour Deux",
        "{200 millions d'euros|200000000 EUR} pour Un, {150 millions|150000000 EUR} pour Trois.",
        "des amendes de {90|90000000 EUR} et {60 millions d'euros|60000000 EUR}",
        "{500 000 dollars canadiens|500000 CAD}, {10 000 $ CA|10000 CAD}, {20 000 $|20000 USD}",
        "{200 000 livres sterling|200000 GBP}, {1,2 milliard de dollars|1200000000 USD}",
        "{10 000 francs suisses|10000 CHF}, {CHF 6'000|6000 CHF}, {1 800 euros|1800 EUR}",
        "{3,5 MEUR|3500000 EUR} ; {quinze mille francs suisses|15000 CHF}",
        "{quatre-vingts millions d'euros|80000000 EUR}",
    ),
    "de": (
        "ein Bußgeld von {35.258.707,95 Euro|35258707.95 EUR}",
        "{9,55 Mio. Euro|9550000 EUR}, {14,5 Mio. €|14500000 EUR}, {1,2 Mrd. Euro|1200000000 EUR}",
        "{eine Million Euro|1000000 EUR}, {einer halben Million Euro|500000 EUR}",
        "{anderthalb Millionen Euro|1500000 EUR}, {eine Milliarde Dollar|1000000000 USD}",
        "{einundzwanzig Millionen Euro|21000000 EUR}, {zweihundertfünfzigtausend Euro|250000 EUR}",
        "zwischen {5|5000000 EUR} und {10 Millionen Euro|10000000 EUR}",
        "{500.000 €|500000 EUR} bis {1 Million €|1000000 EUR}",
        "{CHF 6'000|6000 CHF}, {1’250’000 Franken|1250000 CHF}, {Fr. 5'000.-|5000 CHF}",
        "zwei Bußgelder über {900.000|900000 EUR} und {400.000 Euro|400000 EUR}",
        "das {20-Millionen-Euro|20000000 EUR}-Bußgeld",
        "rund {200 Tsd. Euro|200000 EUR} und {2,5 Millionen US-Dollar|2500000 USD}",
        "Bußgelder von {90|90000000 EUR} und {60 Millionen Euro|60000000 EUR}",
        "von {10 Millionen Euro|10000000 EUR} auf {5 Millionen|5000000 EUR}.",
        "{dreihundert Euro|300 EUR}, {EUR 1.200,50|1200.50 EUR}, {1.200 Euro|1200 EUR}, {1200 EUR|1200 EUR}",
        "{zweieinhalb Millionen Euro|2500000 EUR}, {20.000,- Euro|20000 EUR}",
        "{3,5 Millionen schwedische Kronen|3500000 SEK}",
    ),
    "es": (
        "una multa de {3.940.000 euros|3940000 EUR}, {35.258.707,95 €|35258707.95 EUR}",
        "{dos millones de euros|2000000 EUR}, {un millón de euros|1000000 EUR}, {medio millón de euros|500000 EUR}",
        "{2 mil millones de euros|2000000000 EUR}, {1.200 millones de euros|1200000000 EUR}",
        "{ciento cincuenta mil euros|150000 EUR}, {treinta y cinco mil euros|35000 EUR}",
        "entre {5|5000000 EUR} y {10 millones de euros|10000000 EUR}",
        "de {40.001|40001 EUR} a {300.000 euros|300000 EUR}",
        "{8 millones 150 mil euros|8150000 EUR}",
        "{200 millones de pesos colombianos|200000000 COP}, {15.000 pesos mexicanos|15000 MXN}",
        "{10 millones de dólares|10000000 USD}; {500.000 libras esterlinas|500000 GBP}",
        "multas de {5 millones de euros|5000000 EUR} y {2 millones|2000000 EUR} respectivamente",
        "{2,5 millones de euros|2500000 EUR} ({2 millones|2000000 EUR} por la infracción del artículo 6)",
        "{6 M€|6000000 EUR}, {un millón y medio de euros|1500000 EUR}",
        "{60.000€|60000 EUR} y {300 €|300 EUR}, {900 000 €|900000 EUR}",
        "multas de {40.000|40000 EUR}, {30.000|30000 EUR} y {20.000 euros|20000 EUR}",
        "{$ 1.000.000 pesos colombianos|1000000 COP}",
        "multas de {3|3000000 EUR} y {2 millones de euros|2000000 EUR}",
    ),
    "it": (
        "{2,5 milioni di euro|2500000 EUR}, {25 mila euro|25000 EUR}, {900mila euro|900000 EUR}",
        "{euro 2.8 milioni|2800000 EUR}, sanzione di {euro 500|500 EUR}, {5.2 mln euro|5200000 EUR}",
        "{un milione di euro|1000000 EUR}, {dieci milioni di euro|10000000 EUR}, {ventimila euro|20000 EUR}",
        "{duecentocinquantamila euro|250000 EUR}, {mezzo milione di euro|500000 EUR}",
        "{un milione e mezzo di euro|1500000 EUR}",
        "{7 milioni e 855 mila euro|7855000 EUR}, {2 milioni 565.650 euro|2565650 EUR}",
        "tra {5|5000000 EUR} e {10 milioni di euro|10000000 EUR}",
        "{€ 35.258.707,95|35258707.95 EUR}, {600.000,00 euro|600000.00 EUR}",
        "{1,2 miliardi di dollari|1200000000 USD}, {10 mld di euro|10000000000 EUR}",
        "sanzioni di {3 milioni di euro|3000000 EUR} e {2 milioni|2000000 EUR} rispettivamente",
        "la sanzione massima: {20 milioni di euro|20000000 EUR} o il 4% del fatturato",
        "{200.000 sterline|200000 GBP} e {10.000 franchi svizzeri|10000 CHF}",
        "sanzioni per {90|90000000 EUR} e {60 milioni di euro|60000000 EUR}",
        "{trecentomila euro|300000 EUR}, {cinquantamila euro|50000 EUR}, {ottanta mila euro|80000 EUR}",
    ),
    "nl": (
        "{290 miljoen euro|290000000 EUR}, {4,75 miljoen euro|4750000 EUR}, {440.000 euro|440000 EUR}",
        "{€ 440.000,-|440000 EUR}, {€ 1 miljoen|1000000 EUR}, {€ 1.200,50|1200.50 EUR}",
        "{één miljoen euro|1000000 EUR}, {vijfentwintigduizend euro|25000 EUR}, {een half miljoen euro|500000 EUR}",
        "{anderhalf miljoen euro|1500000 EUR}, {tweeëntwintig miljoen euro|22000000 EUR}",
        "tussen {5|5000000 EUR} en {10 miljoen euro|10000000 EUR}",
        "{12.000|12000 EUR} tot {20.000 euro|20000 EUR}",
        "{1,2 miljard dollar|1200000000 USD}, {10 mln. euro|10000000 EUR}",
        "een boete van {10 miljoen euro|10000000 EUR} en een van {5 miljoen|5000000 EUR}.",
        "boetes van {90|90000000 EUR} en {60 miljoen euro|60000000 EUR}",
        "{600.000 pond|600000 GBP}, {200 duizend euro|200000 EUR}, {30 duizend euro|30000 EUR}",
        "{EUR 830.000|830000 EUR} en {830.000 EUR|830000 EUR}",
        "{honderdduizend euro|100000 EUR}, {driehonderdvijftig euro|350 EUR}",
        "een dwangsom van {€ 50.000|50000 EUR} per week",
    ),
    "pt": (
        "multa de {R$ 14,4 mil|14400 BRL} e de {R$ 1.000.000,00|1000000.00 BRL}",
        "{R$ 6,6 milhões|6600000 BRL}",
        "{50 mil reais|50000 BRL}, {um milhão de reais|1000000 BRL}, {meio milhão de reais|500000 BRL}",
        "coima de {400 mil euros|400000 EUR}, {4,3 milhões de euros|4300000 EUR}",
        "{2 milhões e 500 mil euros|2500000 EUR}, {vinte mil euros|20000 EUR}",
        "entre {5|5000000 EUR} e {10 milhões de euros|10000000 EUR}",
        "{1.250.000 €|1250000 EUR}, {170 000 euros|170000 EUR}",
        "{1,2 bilhão de dólares|1200000000 USD}, {R$ 3 bilhões|3000000000 BRL}",
        "{2 mil milhões de euros|2000000000 EUR}",
        "{trinta e cinco mil euros|35000 EUR}, {cento e vinte mil reais|120000 BRL}",
        "{R$50.000|50000 BRL} por dia",
        "coimas de {3 milhões de euros|3000000 EUR} e {2 milhões|2000000 EUR}, respetivamente",
        "multas de {R$ 90 milhões|90000000 BRL} e {60 milhões|60000000 BRL}.",
        "{um milhão e meio de euros|1500000 EUR}, {US$ 5 milhões|5000000 USD}",
        "de {10 mil|10000 EUR} a {50 mil euros|50000 EUR}",
    ),
    "pl": (
        "kara {2,8 mln zł|2800000 PLN}, {900 tys. zł|900000 PLN}, {1,2 mld zł|1200000000 PLN}",
        "{100 000 złotych|100000 PLN}, {1 250 000 PLN|1250000 PLN}, {4,9 miliona złotych|4900000 PLN}",
        "{sto tysięcy złotych|100000 PLN}, {dwa miliony złotych|2000000 PLN}, {pół miliona złotych|500000 PLN}",
        "{16 mln 932 tys. zł|16932000 PLN}, {183 858 zł|183858 PLN}",
        "od {5|5000000 EUR} do {10 milionów euro|10000000 EUR}",
        "między {5|5000000 EUR} a {10 mln euro|10000000 EUR}, {półtora miliona złotych|1500000 PLN}",
        "{8 mln dolarów|8000000 USD}, {20 tys. euro|20000 EUR}, {5 tysięcy funtów|5000 GBP}",
        "kara {3 mln zł|3000000 PLN}, a druga {1,5 mln|1500000 PLN}.",
        "kary {20 mln zł|20000000 PLN} i {5 mln|5000000 PLN} odpowiednio",
        "{dwadzieścia pięć tysięcy złotych|25000 PLN}, {pięćdziesiąt tysięcy zł|50000 PLN}",
        "{27.100.000 zł|27100000 PLN}, {1.200,50 zł|1200.50 PLN}, {4 911 732 zł|4911732 PLN}",
        "ponad {3 miliardy euro|3000000000 EUR}",
        "{1\u00a0000\u00a0000 zł|1000000 PLN}, {15 000,00 zł|15000.00 PLN}",
    ),
    "sv": (
        "en avgift på {7,5 miljoner kronor|7500000 SEK}, {35 miljoner kronor|35000000 SEK}",
        "{200 000 kr|200000 SEK}, {4\u00a0000\u00a0000 kr|4000000 SEK}, {12 000:-|12000 SEK}",
        "{12 MSEK|12000000 SEK} och {5 mkr|5000000 SEK}, {300 tkr|300000 SEK}, {SEK 6 miljoner|6000000 SEK}",
        "{en miljon kronor|1000000 SEK}, {tvåhundratusen kronor|200000 SEK}, {en halv miljon kronor|500000 SEK}",
        "{200 000 danska kronor|200000 DKK}, {65 miljoner norska kronor|65000000 NOK}",
        "mellan {5|5000000 SEK} och {10 miljoner kronor|10000000 SEK}",
        "{12 miljoner euro|12000000 EUR}, {1,2 miljarder dollar|1200000000 USD}",
        "böter på {10 miljoner kronor|10000000 SEK} respektive {5 miljoner|5000000 SEK}.",
        "{tjugofem tusen kronor|25000 SEK}, {trettiofem miljoner kronor|35000000 SEK}",
        "{100 000|100000 SEK}–{200 000 kronor|200000 SEK}",
        "{kr 50 000|50000 SEK}, {58 mnkr|58000000 SEK}, {58 mkr|58000000 SEK}",
        "{20 miljoner euro|20000000 EUR} eller 4 procent",
        "{en och en halv miljon kronor|1500000 SEK}",
    ),
    "el": (
        "πρόστιμο {150.000 ευρώ|150000 EUR}, {€9,25 εκατ|9250000 EUR}.",
        "{τριών εκατομμυρίων ευρώ|3000000 EUR}, {είκοσι εκατομμύρια ευρώ|20000000 EUR}",
        "{εκατόν πενήντα χιλιάδες ευρώ|150000 EUR}, {δύο εκατομμύρια διακόσιες χιλιάδες ευρώ|2200000 EUR}",
        "{1,5 εκατομμύριο ευρώ|1500000 EUR}, {3 δισ. ευρώ|3000000000 EUR}, {20 εκατ. ευρώ|20000000 EUR}",
        "μεταξύ {5|5000000 EUR} και {10 εκατομμυρίων ευρώ|10000000 EUR}",
        "{35.258.707,95 €|35258707.95 EUR}, {3.250.000 ευρώ|3250000 EUR}",
        "{μισό εκατομμύριο ευρώ|500000 EUR}, {ενάμισι εκατομμύριο ευρώ|1500000 EUR}",
        "{10 εκατομμύρια δολάρια|10000000 USD}, {500.000 λίρες|500000 GBP}",
        "πρόστιμα {6 εκατ. ευρώ|6000000 EUR} και {3,25 εκατ|3250000 EUR}. αντίστοιχα",
        "{είκοσι πέντε χιλιάδες ευρώ|25000 EUR}, {χίλια ευρώ|1000 EUR}",
        "από {5.000|5000 EUR} έως {10.000 ευρώ|10000 EUR}",
        "{1,2 δισεκατομμύρια ευρώ|1200000000 EUR}, {40 χιλ. ευρώ|40000 EUR}, {60.000€|60000 EUR}",
        "{δεκαπέντε χιλιάδες ευρώ|15000 EUR}",
    ),
    "hu": (
        "{110 millió forintos|110000000 HUF} bírságot, {250 millió forint|250000000 HUF}",
        "{80 000 000 Ft-ra|80000000 HUF}, {75 MFt|75000000 HUF}, {1,2 milliárd Ft|1200000000 HUF}",
        "{30 ezer euró|30000 EUR}, {20 millió eurós|20000000 EUR} bírság",
        "{kétszázötvenezer forint|250000 HUF}, {negyvenmillió forint|40000000 HUF}, {félmillió forint|500000 HUF}",
        "{egymillió forint|1000000 HUF}, {tízmillió forint|10000000 HUF}, {másfél millió forint|1500000 HUF}",
        "{5|5000000 EUR} és {10 millió euró|10000000 EUR} között",
        "{1.250.000 Ft|1250000 HUF}, {1 250 000 forint|1250000 HUF}",
        "{100 millió dollár|100000000 USD}, {500 ezer font|500000 GBP}",
        "{30 millió forintra|30000000 HUF}",
        "{HUF 250 000 000|250000000 HUF}, {500 000 HUF|500000 HUF}",
        "{huszonöt millió forint|25000000 HUF}, {tizenöt millió forint|15000000 HUF}",
        "{100|100000 HUF}-{200 ezer forint|200000 HUF}, {100 ezer|100000 HUF} és {5 millió forint|5000000 HUF} közé",
        "{kétmilliárd forint|2000000000 HUF}, {ötezer euró|5000 EUR}, {200e Ft|200000 HUF}",
    ),
    "ro": (
        "amendă de {14.635 lei|14635 RON} (echivalentul a {3.000 EURO|3000 EUR})",
        "{130.000 de euro|130000 EUR}, {100 mii de euro|100000 EUR}, {15.000 euro|15000 EUR}",
        "{20 de milioane de euro|20000000 EUR}, {1,5 milioane de lei|1500000 RON}",
        "{două mii de euro|2000 EUR}, {cinci sute de mii de lei|500000 RON}",
        "{douăzeci și cinci de mii de lei|25000 RON}, {un milion de euro|1000000 EUR}",
        "între {5|5000000 EUR} și {10 milioane de euro|10000000 EUR}",
        "{613.912,50 lei|613912.50 RON}, {RON 73.000|73000 RON}, {73.000 RON|73000 RON}",
        "{jumătate de milion de euro|500000 EUR}, {un milion și jumătate de euro|1500000 EUR}",
        "{1,2 miliarde de dolari|1200000000 USD}, {10.000 de lire sterline|10000 GBP}",
        "amenzi de {3 milioane de euro|3000000 EUR}, respectiv {2 milioane|2000000 EUR}.",
        "de la {1.000|1000 EUR} la {5.000 de euro|5000 EUR}",
        "{20 mil. euro|20000000 EUR}, {200 mii lei|200000 RON}",
        "{o sută de mii de lei|100000 RON}, {trei sute de euro|300 EUR}",
    ),
    "ja": (
        "課徴金{1億5,000万円|150000000 JPY}、{3億円|300000000 JPY}、{500万円|5000000 JPY}",
        "{2億9,000万ユーロ|290000000 EUR}（約{450億円|45000000000 JPY}）",
        "約{7500万ドル|75000000 USD}、{1兆2000億ウォン|1200000000000 KRW}",
        "{1万2000円|12000 JPY}、{百万円|1000000 JPY}、{二千万円|20000000 JPY}、{三億五千万円|350000000 JPY}",
        "{４億円|400000000 JPY}、{１２，０００円|12000 JPY}、{１億２０００万円|120000000 JPY}",
        "{400万|4000000 JPY}〜{500万円|5000000 JPY}の罰金",
        "{12億ユーロ|1200000000 EUR}の制裁金",
        "{500万元|5000000 CNY}の罰金、{100万ポンド|1000000 GBP}",
        "{¥5,000,000|5000000 JPY}と{$100万|1000000 USD}",
        "{50万米ドル|500000 USD}、{1.5億ドル|150000000 USD}",
        "A社に{1億円|100000000 JPY}、B社に{5000万|50000000 JPY}。",
        "{10万円|100000 JPY}以下の罰金",
        "{十万円|100000 JPY}、{千円|1000 JPY}、{五百円|500 JPY}、{43億4000万ユーロ|4340000000 EUR}",
    ),
    "ko": (
        "과징금 {692억 4100만 원|69241000000 KRW}과 과태료 {660만원|6600000 KRW}",
        "{2천만원|20000000 KRW}, {1억 2천3백만 원|123000000 KRW}, {5억7천만원|570000000 KRW}",
        "{3천만 유로|30000000 EUR}, {500만 달러|5000000 USD}, {12억 유로|1200000000 EUR}",
        "{1347억9100만원|134791000000 KRW}, {1조 2000억 원|1200000000000 KRW}",
        "{삼천만 원|30000000 KRW}, {백만 원|1000000 KRW}",
        "{67억4,172만원|6741720000 KRW}, {1,000만 원|10000000 KRW}",
        "{100만|1000000 KRW}~{200만 원|2000000 KRW}",
        "{300만 원|3000000 KRW} 이하의 과태료",
        "{27억여원|2700000000 KRW}, {300여만원|3000000 KRW}",
        "{5만원|50000 KRW}, {1만2000원|12000 KRW}, {8000원|8000 KRW}",
        "{5억원|500000000 KRW}과 {3억|300000000 KRW}을 각각 부과했다",
        "{₩50,000,000|50000000 KRW}, {3000만엔|30000000 JPY}, {50만 위안|500000 CNY}",
        "{2억 파운드|200000000 GBP}, {1.2억 달러|120000000 USD}",
        "매출의 3% 또는 {20억원|2000000000 KRW}",
    ),
    "zh": (
        "罚款{80.26亿元|8026000000 CNY}，{12亿欧元|1200000000 EUR}，{500万美元|5000000 USD}",
        "罚款{人民币50万元|500000 CNY}，罰款{新台幣200萬元|2000000 TWD}",
        "{一百二十万元|1200000 CNY}、{二十万元|200000 CNY}、{三千元|3000 CNY}",
        "{5000元|5000 CNY}，{1万2000元|12000 CNY}，{1.2万元|12000 CNY}",
        "{50万|500000 CNY}至{100万元|1000000 CNY}",
        "{10万元|100000 CNY}以上{100万元|1000000 CNY}以下罚款",
        "{12亿美元|1200000000 USD}（约合{80亿元人民币|8000000000 CNY}）",
        "{３００万元|3000000 CNY}，{RMB 500,000|500000 CNY}，{¥5000|5000 CNY}",
        "{2.9亿欧元|290000000 EUR}，{500萬港元|5000000 HKD}，{3000万英镑|30000000 GBP}",
        "对A公司罚款{50万元|500000 CNY}，对B公司罚款{30万|300000 CNY}。",
        "{一千六百六十一万元|16610000 CNY}，{两亿元|200000000 CNY}",
        "{3亿日元|300000000 JPY}，{1000亿韩元|100000000000 KRW}，{NT$60万|600000 TWD}",
        "{200余万元|2000000 CNY}，{2000多元|2000 CNY}，{十余万元|100000 CNY}，{台幣300萬元|3000000 TWD}",
        "{183.9万元|1839000 CNY}，{1元|1 CNY}",
    ),
}  # fmt: skip

NEGATIVES = (
    ("en", "5 million users, 4% of turnover, call 020 7946 0958 or +353 1 765 0100"),
    ("en", "Section 155(1)(b), Article 83(5), Regulation 2016/679, 21 May 2023, 2021-07-16, 10:45, v1.2.3"),
    ("en", "Euro 6 norm and Euro 2024; one of the euro countries; 1 euro = 4.97 lei; 1,370 won per dollar"),
    ("en", "The app has 2 million users in the 27 EU states, 1.5 billion records of 20 banks"),
    ("en", "It won 20 awards, Kim Won 5 million, they pound 3 doors. Tens of millions of users"),
    ("en", "room 101, case C-311/18, no. 2023-45, 192.168.0.1, ISBN 978-3-16-148410-0, 5G, 3D"),
    ("en", "fined in May after 3 million were hit; EUR/USD 1.08"),
    ("fr", "5 millions d'utilisateurs, 4 % du chiffre d'affaires, article 83, le 25 mai 2018, 01 53 73 22 22"),
    ("fr", "un an, une livre, 200 livres, deux fois, L. 34-5"),
    ("de", "5 Millionen Nutzer, 4 Prozent, Art. 83 Abs. 5, 25.05.2018, 10.30 Uhr, § 38 BDSG, 030 13889-0"),
    ("de", "ein Pfund Mehl, acht Kronleuchter"),
    ("es", "cinco millones de usuarios, el 4 %, artículo 83.5, 25 de mayo de 2018, 901 100 099"),
    ("it", "8mila rider, 5 milioni di utenti, il 4%, art. 83, 25 maggio 2018, un anno, 06 696771"),
    ("nl", "5 miljoen gebruikers, 4 procent, artikel 83, 25 mei 2018, 088 1805 250, een jaar"),
    ("pt", "5 milhões de usuários, 4%, artigo 83, 25 de maio de 2018, um ano, +351 213 928 400"),
    ("pl", "5 milionów użytkowników, 4 proc., art. 83, 25 maja 2018 r., 22 531 03 00"),
    ("sv", "5 miljoner användare, 4 procent, artikel 83, 25 maj 2018, 08-657 61 00"),
    ("el", "5 εκατομμύρια χρήστες, 4%, άρθρο 83, 25 Μαΐου 2018, 210 6475600"),
    ("hu", "5 millió felhasználó, 4 százalék, 83. cikk, 2018. május 25., hat hónap"),
    ("ro", "5 milioane de utilizatori, 4%, art. 83, 25 mai 2018, un an"),
    ("ja", "500万人、4%、第83条、2018年5月25日、元社員3人、円滑、一元化、03-1234-5678"),
    ("ko", "500만 명, 3%, 제64조, 2023년 5월 25일, 이 원칙과 4원칙, 만 14세, 사원 3인"),
    ("zh", "5亿用户，4%，第66条，2021年7月2日，三元素，一元化，500万条，元旦"),
)  # fmt: skip


def plain(case: str) -> str:
    return MARK.sub(lambda match: match[1], case)


def marked(case: str) -> list[tuple[int, str, Decimal, str]]:
    found, shift = [], 0
    for match in MARK.finditer(case):
        value, currency = match[2].split()
        found.append((match.start() - shift, match[1], Decimal(value), currency))
        shift += len(match[0]) - len(match[1])
    return found


def shown(found: Amount) -> tuple[int, str, Decimal | None, str | None]:
    return found.start, found.words, found.value, found.currency


@pytest.mark.parametrize(("language", "case"), [(language, case) for language in LANGUAGES for case in CASES[language]])
def test_amounts_with_their_spans(language: str, case: str) -> None:
    assert [shown(one) for one in amounts(plain(case), language)] == marked(case)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_cases(language: str) -> None:
    assert sum(len(MARK.findall(case)) for case in CASES[language]) >= 12


@pytest.mark.parametrize(("language", "text"), NEGATIVES)
def test_what_is_no_amount(language: str, text: str) -> None:
    assert [shown(one) for one in amounts(text, language)] == []


VAGUE = (
    ("en", "several tens of millions in total fines", "several tens of millions", 20_000_000, None),
    ("en", "a seven-figure fine", "seven-figure", 1_000_000, None),
    ("fr", "des dizaines de millions d'euros d'amende", "des dizaines de millions d'euros", 20_000_000, "EUR"),
    ("de", "eine Strafe in Millionenhöhe", "Millionenhöhe", 1_000_000, None),
    ("de", "mehrere Millionen Euro", "mehrere Millionen Euro", 2_000_000, "EUR"),
    ("nl", "een miljoenenboete", "miljoenenboete", 1_000_000, None),
    ("ja", "数百万円の罰金", "数百万円", 2_000_000, "JPY"),
    ("ja", "数十万円の罰金", "数十万円", 200_000, "JPY"),
    ("ko", "수십억 원의 과징금", "수십억 원", 2_000_000_000, "KRW"),
    ("zh", "数千万元罚款", "数千万元", 20_000_000, "CNY"),
)  # fmt: skip


@pytest.mark.parametrize(("language", "text", "words", "least", "currency"), VAGUE)
def test_vague_sums(language: str, text: str, words: str, least: int, currency: str | None) -> None:
    (one,) = amounts(text, language)
    assert (one.words, one.least, one.currency) == (words, Decimal(least), currency)
    assert one.vague
    assert one.value is None


ELIDED = (
    ("en", "fined €10 million and 5 million respectively", ["5 million"]),
    ("en", "fined Meta (€390 million), TikTok (345 million) and X (5 million)", ["345 million", "5 million"]),
    ("en", "cut from €10 million to 5 million.", ["5 million"]),
    ("fr", "200 millions d'euros pour Un et 125 millions pour Deux", ["125 millions"]),
    ("ja", "A社に1億円、B社に5000万。", ["5000万"]),
)
KEPT_APART = (
    "fined €10 million for a leak that hit 3 million.",
    "fined €10 million over the data of 30 million people, and 5 million in France",
    "fined €10 million and has 5 million users",
    "fined €10 million. It has another 5 million.",
    "fined €10 million and 5 million accounts were closed",
    "€10 million or 5 million and 6 million users",
    "€10 million and 5",
    "and 5 million",
)


@pytest.mark.parametrize(("language", "text", "words"), ELIDED)
def test_an_amount_that_leaves_its_currency_out(language: str, text: str, words: list[str]) -> None:
    found = list(amounts(text, language))
    assert [one.words for one in found if one.elided] == words
    assert len({one.currency for one in found}) == 1


@pytest.mark.parametrize("text", KEPT_APART)
def test_a_count_takes_no_currency(text: str) -> None:
    assert [one.words for one in amounts(text) if one.elided] == []


def test_the_conversion_in_brackets_lends_no_currency() -> None:
    *_, last = amounts("8 million pounds ($10.7 million) and another of 6 million.")
    assert (last.words, last.currency, last.elided) == ("6 million", "GBP", True)


def test_the_caller_knows_the_dollar() -> None:
    assert [one.currency for one in amounts("$5 million and US$3 million", "en", "AUD")] == ["AUD", "USD"]


def test_a_kroner_word_is_of_the_country_that_the_text_speaks_of() -> None:
    assert [one.currency for one in amounts("The Danish firm paid 1.5 million kroner.")] == ["DKK"]
    assert [one.currency for one in amounts("The Danish and Norwegian firms paid 1.5 million kroner.")] == [None]
    assert [one.currency for one in amounts("1,5 miljoner kronor", "sv")] == ["SEK"]
    lines = "A Norwegian firm paid 2 million kroner.\nA Danish one paid 1.5 million kroner."
    assert [one.currency for one in amounts(lines)] == ["NOK", "DKK"]


def test_least_and_most_are_half_a_unit_of_the_last_digit_away() -> None:
    (one,) = amounts("€5.2 million")
    assert (one.least, one.value, one.most) == tuple(map(Decimal, (5_150_000, 5_200_000, 5_250_000)))
    (exact,) = amounts("€5,200,001")
    assert exact.least == exact.value == exact.most == 5_200_001


# How each language writes a sum in digits, and one with a scale ({} is a number as CLDR formats it).
PLAIN = {
    "en": ("€{}", "EUR {}", "{} euros", "US${}", "£{}"),
    "fr": ("{} €", "{}\u202f€", "{} euros", "{} EUR"),
    "de": ("{} Euro", "{} €", "EUR {}", "{}\u00a0€"),
    "es": ("{} euros", "{} €", "{}€"),
    "it": ("{} euro", "€ {}", "{} €"),
    "nl": ("€ {}", "{} euro", "€{}"),
    "pt": ("R$ {}", "R${}", "{} euros", "{} €"),
    "pl": ("{} zł", "{} złotych", "{} euro", "{} PLN"),
    "sv": ("{} kr", "{} kronor", "{} SEK", "SEK {}"),
    "el": ("{} ευρώ", "{} €", "€{}"),
    "hu": ("{} Ft", "{} forint", "{} euró", "{} HUF"),
    "ro": ("{} lei", "{} de lei", "{} euro", "{} RON"),
    "ja": ("{}円", "¥{}", "{}ユーロ"),
    "ko": ("{}원", "{} 원", "₩{}", "{}유로"),
    "zh": ("{}元", "人民币{}元", "{}欧元", "¥{}"),
}  # fmt: skip
SCALED = {
    "en": (("€{} million", 6), ("{} billion euros", 9), ("${}m", 6), ("£{}bn", 9)),
    "fr": (("{} millions d’euros", 6), ("{} milliards d'euros", 9), ("{} M€", 6)),
    "de": (("{} Millionen Euro", 6), ("{} Mio. Euro", 6), ("{} Mrd. €", 9)),
    "es": (("{} millones de euros", 6), ("{} mil millones de euros", 9)),
    "it": (("{} milioni di euro", 6), ("{} mln di euro", 6), ("{} miliardi di euro", 9)),
    "nl": (("{} miljoen euro", 6), ("€ {} miljoen", 6), ("{} miljard euro", 9)),
    "pt": (("{} milhões de euros", 6), ("R$ {} milhões", 6), ("R$ {} mil", 3)),
    "pl": (("{} mln zł", 6), ("{} tys. zł", 3), ("{} miliona złotych", 6)),
    "sv": (("{} miljoner kronor", 6), ("{} mkr", 6), ("{} miljarder kronor", 9)),
    "el": (("{} εκατ. ευρώ", 6), ("{} εκατομμύρια ευρώ", 6), ("{} δισ. ευρώ", 9)),
    "hu": (("{} millió forint", 6), ("{} milliárd Ft", 9), ("{} ezer forint", 3)),
    "ro": (("{} milioane de lei", 6), ("{} de milioane de euro", 6), ("{} mii de lei", 3)),
    "ja": (("{}億円", 8), ("{}万ユーロ", 4)),
    "ko": (("{}억 원", 8), ("{}만원", 4), ("{}조원", 12)),
    "zh": (("{}万元", 4), ("{}亿元", 8)),
}  # fmt: skip


@given(st.data(), st.sampled_from(LANGUAGES), st.booleans())
def test_what_cldr_formats_is_found_with_its_value(data: st.DataObject, language: str, cents: bool) -> None:  # noqa: FBT001
    value = Decimal(data.draw(st.integers(1, 10**9)))
    value += Decimal(data.draw(st.integers(1, 99))) / 100 if cents and language not in {"ja", "ko", "zh"} else 0
    form = data.draw(st.sampled_from(PLAIN[language]))
    pattern = "#,##0.00" if value % 1 else "#,##0"
    words = form.format(format_decimal(value, pattern, locale=language))
    assert [(one.words, one.value) for one in amounts(f"X: {words}; y", language)] == [(words, value)]


@given(st.data(), st.sampled_from(LANGUAGES))
def test_what_has_a_scale_is_found_with_its_value(data: st.DataObject, language: str) -> None:
    number = Decimal(data.draw(st.integers(1, 99_999))) / data.draw(st.sampled_from((1, 10, 100)))
    form, power = data.draw(st.sampled_from(SCALED[language]))
    words = form.format(format_decimal(number, "#,##0.##", locale=language))
    found = [(one.words, one.value) for one in amounts(f"X: {words}; y", language)]
    assert found == [(words, number * 10**power)]


UNITS = (("ja", "億{}万円"), ("ko", "억{}만원"), ("zh", "亿{}万元"))


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(UNITS))
def test_units_of_ten_thousand_add_up(high: int, low: int, form: tuple[str, str]) -> None:
    language, rest = form
    words = f"{high}{rest.format(low)}"
    assert [(one.words, one.value) for one in amounts(words, language)] == [
        (words, Decimal(high * 10**8 + low * 10**4))
    ]


PIECES = st.sampled_from((
    *"0123456789", ".", ",", " ", "\u00a0", "'", "’", "-", "–", "(", ")", "\n", "€", "$", "£", "¥", "%", "=", "½",
    "million", "mil", "mila", "mio.", "bn", "euros", "kr", "zł", "Ft", "lei", "of", "de", "d'", "and", "und", "et",
    "hundred", "zwei", "un", "half a million", "万", "億", "억", "만", "원", "元", "円", "数", "百", "千", "five",
    "EUR", "R", "Rs.", "crore", "MSEK", "tens of millions", "fines", "to", "ſix", "٣",
))  # fmt: skip


@settings(max_examples=400)
@given(
    st.lists(PIECES, max_size=24).map("".join) | st.text(max_size=60), st.sampled_from((*LANGUAGES, "da", "fi", "xx"))
)
def test_amounts_stand_where_they_say_and_never_overlap(text: str, language: str) -> None:
    place = 0
    for one in amounts(text, language):
        assert place <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.words
        assert 0 <= one.least <= one.most
        assert one.vague == (one.value is None)
        assert one.value is None or one.least <= one.value <= one.most
        place = one.end


@pytest.mark.parametrize(
    "text",
    [
        "€1.2.3 million", "999999999999999999999999 trillion euros", "999999999999999999 MEUR", "ſix euros", "€", "1",
        "$" * 50, "1" * 50 + " euros", "half half a million million", "€" + "1,000" * 40,
    ],
)  # fmt: skip
def test_broken_numbers_raise_nothing(text: str) -> None:
    for language in LANGUAGES:
        list(amounts(text, language))


HOSTILE = (
    "1", "1,", "123 ", "123,", " ", "1'", "$", "$1", "1 (", "1\n", "1億", "千", "5-", "one ", "ein", "hundert",
    "1 million ",
    "tens of millions ", "€5 million and 5 million ", "5 kr., ", "10, 20 and ",
    "5 to 10 million euros to ", "€1.", "0 . $",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    languages = ("en", "de", "ko")

    def spent(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        start = time.process_time()
        for language in languages:
            list(amounts(text, language))
        return time.process_time() - start

    spent(100)  # what is compiled once
    small = min(spent(4_000) for _ in range(3))
    assert spent(32_000) < 25 * max(small, 0.004)  # eight times the text; a square would be 64 times the time
