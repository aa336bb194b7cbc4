"""A rule for texts about trafficking in persons or modern slavery.

A text names it if it has one of the phrases below, in five languages. "Trafficking" alone does not count, since
narcotics, arms and wildlife are trafficked too; nor does "sexual exploitation and abuse" alone, which in aid is mostly
about the conduct of aid workers. An activity is about it if its title or an objective names it; else it mentions it.
"""

import re

_PHRASES = (
    r"trafficking (?:in|of) (?:persons?|human beings|humans|people|women|girls|children|migrants?)",
    r"(?:human|people|person|sex|child|labou?r|persons|counter|anti|anti-human)[- ]trafficking",
    r"(?:victims?|survivors?|risks?) of (?:human )?trafficking",
    r"trafficked (?:persons?|people|women|children|girls|boys|men|migrants?|victims?)",
    r"trafficking (?:victims?|survivors?|in persons)",
    r"trafficking and (?:migrant )?smuggling(?! of)|human (?:smugglers|smuggling) and traffick\w+",
    r"smuggling of migrants and trafficking",
    r"modern(?:[- ]day)? slavery|slavery-like|forced lab(?:ou?r)|debt bondage|bonded lab(?:ou?r)|forced prostitution",
    r"trata de (?:personas|seres humanos|mujeres|niñ[oa]s|blancas)|v[ií]ctimas de (?:la )?trata|trabajo forzoso",
    r"esclavitud moderna|tr[áa]fico de (?:seres humanos|mulheres|pessoas|personas)|escravid[ãa]o|trabalho for[çc]ado",
    r"traite des (?:personnes|êtres humains|femmes|enfants)|victimes de (?:la )?traite|travail forc[ée]|esclavage",
    r"menschenhandel|zwangsarbeit",
)
_ABOUT = re.compile(rf"\b(?:{'|'.join(_PHRASES)})\b", re.IGNORECASE)
ELEMENTS = ("title", "description", "sector", "tag", "result")
# Phrases that may be about other goods, and are if one of these words is near.
_UNCLEAR = re.compile(r"(?:anti|counter)[- ]trafficking|trafficking and (?:migrant )?smuggling", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:narcotic|drug|heroin|cocaine|opi(?:um|oid)|arms|weapon|firearm|wildlife|ivory|timber|tobacco|cultural)",
    re.IGNORECASE,
)
_NEAR = 80  # characters
RULE = (
    "names trafficking in persons, modern slavery or forced labour by a phrase "
    "(docs/how-to/take-open-data-in.md lists them)"
)


_STEMS = ("traf", "tráf", "trata", "traite", "smuggl", "slave", "sclav", "scrav", "forced", "debt", "bonded", "trabaj",
          "trabalho", "travail", "menschenhandel", "zwangsarbeit")  # fmt: skip
# A letter may be written as an entity of HTML, which XML escapes once more: tr&amp;aacute;fico.
_LETTER = re.compile(r"&(?:amp;)*(?:#|(?!amp;|lt;|gt;|quot;|apos;|nbsp;)[a-z]+;)")


def possible(text: str) -> bool:
    """Return fast whether a text with tags may have a phrase; a yes may be wrong.

    >>> possible("<narrative>narcotics trafficking</narrative>"), possible("<narrative>seeds &amp; boats</narrative>")
    (True, False)
    """
    small = text.casefold()
    return any(stem in small for stem in _STEMS) or bool(_LETTER.search(small))


def phrase(words: str) -> str:
    """Return the first phrase for trafficking in persons or modern slavery, or an empty string.

    >>> phrase("a counter-trafficking campaign"), phrase("against narcotics trafficking")
    ('counter-trafficking', '')
    """
    for match in _ABOUT.finditer(words) if possible(words) else ():
        around = words[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if not (_UNCLEAR.fullmatch(match[0]) and _OTHER.search(around)):
            return match[0]
    return ""
