"""Authorities that a page names only as those that were told of something: they did not act there.

"The company notified the ICO", "a complaint to the CNIL": who investigates, blocks or orders is somebody else.
"""

import re

from loaders.news.mention import Mention

_BEFORE = re.compile(
    r"(?<!\w)(?:"
    r"(?:notified|informed|alerted|notify|contacted)(?: to)?(?: the)?"
    r"|(?:reported|reports?|self-reported) (?:\S+ ){0,4}?to(?: the)?"
    r"|complain(?:t|ts|ed|ing) (?:\S+ ){0,3}?(?:to|with|before)(?: the)?"
    r"|(?:informiert\w*|verständigt\w*|benachrichtigt\w*)(?: die| den| das)?"
    r"|(?:beschwer\w+|anzeige|meldung\w*|gemeldet) (?:\S+ ){0,4}?(?:bei|beim|an)(?: der| dem| die| den)?"
    r"|(?:notifié|informé|averti|alerté|saisi|prévenu)(?: (?:l[ea]|\S+) \S+ à)?(?: la| le| l[’'])?"
    r"|(?:plaintes?|réclamations?|notification|déclaration) (?:\S+ ){0,3}?(?:auprès d[eu]|à|devant)(?: la| le| l[’'])?"
    r"|(?:notific|comunic|inform|avis)\w+ (?:\S+ ){0,3}?(?:a|ante|al|à|ao)(?: la| el)?"
    r"|(?:denunci\w+|reclamaci\w+|quejas?|queixas?|reclamo|esposto|segnalazione)(?: \S+){0,4}? (?:ante|al?|alla|à|ao"
    r"|junto d[ao]|presso)(?: la| el| il)?"
    r"|(?:avvisato|informato|avvertito|allertato)(?: il| la| l[’'])?"
    r"|(?:meldde|gemeld|melding|klachten?|klacht) (?:\S+ ){0,4}?(?:bij|aan)(?: de| het)?"
    r"|(?:geïnformeerd|informeerde)(?: de)?"
    r"|(?:zgłosi\w+|skarg\w+|zawiadomieni\w+|zgłoszeni\w+) (?:\S+ ){0,4}?do|(?:zawiadomi|powiadomi|poinformowa)ł[ao]?"
    r"|(?:ενημέρωσε|ενημέρωσαν|ειδοποίησε)(?: \S+){0,2}? (?:την|τον|το)"
    r"|(?:καταγγελία|καταγγελίες|προσφυγή|αναφορά|γνωστοποίησε)(?: \S+){0,3}? (?:στην?|στον|προς την|ενώπιον της)"
    r"|(?:értesítette|tájékoztatta|megkereste)(?: a| az)?"
    r"|(?:anmält|anmälde|anmälan|anmälningar|klagomål|rapporterat)(?: \S+){0,4}? till|informerat"
    r"|(?:notificat|informat|sesizat|anunțat)(?: la| pe)?|(?:plângere|sesizare|reclamație)(?: \S+){0,2}? (?:la|către)"
    r") \Z|向\Z",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"-?(?:nál|nek|nak|hoz|hez|höz|t|ot|et)? (?:\S+ ){0,2}?"
    r"(?:panasz\w*|bejelentés\w*|bejelentett\w*|értesített\w*|feljelentés\w*)"
    r"|に(?:も)?(?:報告|届け出|通報|申告|相談)|에(?:도)? ?(?:신고|보고|제보|민원)|(?:报告|報告|举报|舉報|投诉|投訴)"
)
_REACH = 60


def only_told(text: str, authority: Mention) -> bool:
    """Tell whether words beside an authority's name say that it was told of something.

    >>> only_told("The firm notified the ICO.", Mention("regulator", "gb-ico", 22, 25))
    True
    >>> only_told("The ICO notified the firm.", Mention("regulator", "gb-ico", 4, 7))
    False
    """
    before = re.split(r"[.!?]\s", text[max(0, authority.start - _REACH) : authority.start])[-1]
    behind = text[authority.end : authority.end + _REACH]
    return _BEFORE.search(before) is not None or _BEHIND.match(behind) is not None
