"""Patterns of the Factbook's English: who is exploited, who exploits, and what happens.

Patterns beside a mark (`place_phrases`) are tables of rules. The first rule whose patterns match decides the role of
the places. A new wording is a word in a list, or a rule.

Decision: docs/decisions/0226-patterns-read-who-is-exploited-where.md.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple


def _any(words: str) -> str:
    """Return a pattern for one of several words, which commas separate."""
    return f"(?:{'|'.join(' '.join(words.split()).split(', '))})"


VICTIMS: Final = _any(
    """women, girls, men, boys, children, adults, people, persons, individuals, nationals, citizens, workers,
    laborers, migrants, immigrants, emigrants, refugees, victims?, survivors, youths?, teenagers, minors, orphans,
    fishermen, seafarers, servants, maids, nannies, brides, students, professionals, doctors, nurses, personnel,
    asylum[- ]seekers, males?, females?, returnees, athletes, workforce, employees, staff, recruits, dancers,
    entertainers, performers, artists, trainees, farmers, residents, communities, crew ?members, families"""
)
DOERS: Final = _any(
    """traffickers?, smugglers?, recruiters?, agents, agencies, employers?, owners?, operators?, captains?,
    syndicates, gangs?, criminals?, networks?, rings?, groups?, tourists?, tourism, clients, buyers, customers,
    sponsors, officials?, police, soldiers, forces, military, militants?, militias, rebels, brokers, intermediaries,
    companies, firms, business(?:es|men|people)?, government, authorities, organizations, diplomats, peacekeepers,
    bosses, managers, contractors, pimps, madams, husbands"""
)
_THINGS = _any(
    """boats?, vessels?, ships?, fleets?, flag, waters, borders?, law, economy, descent, ethnicity, origin,
    heritage, ancestry, schools?, brothels?, bars?, restaurants?, parlors?, clubs?, salons?, factories, farms?,
    mines?, sites?, plantations?, projects?, homes?, industry, industries, sectors?, households, camps?, city,
    cities, market, embassy"""
)
_NO_HEAD = _any(
    rf"""is, are, was, were, be, been, being, has, have, had, may, might, can, could, will, who, which, that, where,
    to, in, from, by, of, for, with, at, on, than, through, into, exploit\w*, forc\w+, recruit\w*, subject\w*,
    coerc\w+, traffick(?:ed|s), lur\w+, us(?:e|es|ed), {DOERS}, {_THINGS}"""
)
_ADVERBS = r"(?:(?:[a-z]+ly|also|often|sometimes|may) )*"
_EXPLOIT = _any(
    """exploit, force, recruit, traffic, subject, lure, purchase, coerce, sell, transport, bring, engage, operate,
    run, manage, control, facilitate, commit, perpetrate, travel[^,;]* for (?:child )?sex,
    (?:come|go|travel)[^,;]* to (?:[a-z]+ly )?exploit"""
)

# Beside the mark of a place.
_PERSONS_WHO_RECRUIT = _any(
    "traffickers, smugglers, recruiters, agents, agencies, syndicates, gangs, criminals, networks, brokers"
)
_EVENTS = _any(
    r"""officials, forces, rebels, camps, war, conflict, crisis, violence, fighting, insecurity, insurgency,
    instability, unrest, situation, conditions, coup, earthquake, embass\w+, offices?, partners?, parents,
    government, families"""
)
_LEFT = _any(
    r"""deported, return\w*, repatriat\w+, rescued, fle\w+, escap\w+, expelled, released, away, donors, funding,
    support, pressure, repatriation, smuggled, reports"""
)
_NOT_GONE = _any(
    r"""return\w*, repatriat\w+, deport\w+, due, according, access, close, adjacent, smuggled, assistance, back,
    belong\w*, similar, compared, (?:drugs?|narcotics|cocaine|goods|weapons|remittances|money|contraband)(?: \w+)*?"""
)
_MOSTLY = "(?:most often|mostly|mainly|primarily|usually|typically|especially|particularly|notably|including)"
_PERSONS_WHO_HOLD = "(?:smugglers|traffickers|employers|gangs|groups|criminals|owners)"
_TO_OR_IN = _any(
    """in, into, within, inside, to, throughout, across, towards?, around, destined for, bound for,
    on the borders? (?:of|with)"""
)
_NOT_VICTIMS = _any(
    """by, by some, by many, by mostly, by primarily, by mainly, by both, marriages? to, marriages? with,
    married to, marry, against, than, catering to, frequented by, with, hands of, dominated by"""
)


class RoleRule(NamedTuple):
    """A rule for the role of places: a pattern for the words before their mark, and one for the words after it."""

    role: str
    before: re.Pattern[str]
    after: re.Pattern[str] = re.compile("")


ORIGIN, DESTINATION, THROUGH, AHEAD, PROMISED, RECRUITED, OTHER = ROLES = (
    "origin", "destination", "through", "ahead", "promised", "recruited", "other",
)  # fmt: skip


def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern}) $")


_ANYTHING = re.compile("")
_HEAD = re.compile(
    rf",? (?:and |or )?(?:(?!{_NO_HEAD}\b)[A-Za-z'+-]+,? ){{0,5}}?{VICTIMS}\b(?! traffickers?\b| smugglers?\b)"
)  # "Malian migrant women"
_DOES = re.compile(rf"(?:[^<,;]{{0,40}}?\b{VICTIMS})?,? (?:who )?{_ADVERBS}{_EXPLOIT}\b")  # "Malian men exploit"
_GO_ON = _any(
    r"""are, were, is, was, be, have, has, had, who, that, being, both, abroad, overseas, at home, in, to, into,
    from, on, as, for, by, within, live, living, reside, residing, enter\w*, arriv\w+, travel\w*, working, work,
    seek\w*, searching, migrat\w+, fall, become, also, often, reportedly, continue, and, or, face, perform, experience,
    endure, end, sent, displaced, forced, exploited, subjected, pay\w*, attempt\w*, go, going, com(?:e|ing), fled,
    flee\w*, leav\w+, cross\w*, transit\w*, comprise, constitute, account, remain, accept\w*"""
)
_ALONE = re.compile(rf"(?:'s)?(?:$|[,.)]|,? {_GO_ON}\b)")  # "Malians are"

RULES_OF_PLACES: Final = (
    RoleRule(AHEAD, _before(
        r"\b(?:en route|on (?:the|their) way|travell?ing|headed|heading|onward travel) (?:to|for)|\bto reach"
    )),
    RoleRule(OTHER, _before(rf"\b{DOERS}\b[^;]*\bextend\w* [^;]*\bto")),
    RoleRule(PROMISED, _before(r"\b(?:promises?|offers?)\b[^,;]* in")),
    RoleRule(OTHER, _ANYTHING, re.compile(r"'s (?:\w+ )?borders?\b")),
    RoleRule(THROUGH, _before(r"\b(?:transit\w*|through|via)")),
    RoleRule(THROUGH, _before(r"\bus(?:e|es|ed|ing)"), re.compile(r" as an? (?:\w+ )?transit\b")),
    RoleRule(OTHER, _before(rf"\b{_LEFT} from|\bpossibly (?:also )?(?:from|in|to|into)")),
    RoleRule(OTHER, _before(r"\b(?:repatriat|return|deport)\w*\b[^,;]{0,40} from")),
    RoleRule(DESTINATION, _before(rf"\b(?:abroad|overseas)\b[^;]*, {_MOSTLY}")),
    RoleRule(DESTINATION, _before(rf"\b{_TO_OR_IN} <n\d+>[^;<]{{0,40}}, {_MOSTLY}")),
    RoleRule(ORIGIN, _before(rf"\bfrom <n\d+>[^;<]{{0,40}}, {_MOSTLY}")),
    RoleRule(OTHER, _before(r"\b(?:marr\w+|brides|sold) (?:to|with|by) (?:\w+ )?(?:men|nationals|citizens) from")),
    RoleRule(OTHER, _before(rf"\b{DOERS}\b(?:(?!\b{VICTIMS}\b).)*\bfrom")),
    RoleRule(OTHER, _before(r"\bfrom"), re.compile(
        rf" (?:who )?{_ADVERBS}{_EXPLOIT}\b|[^;]*\btravel\b[^;]* for (?:child )?sex\b"
    )),
    RoleRule(ORIGIN, _before(r"\bfrom(?: elsewhere in| throughout| across)?|\boriginat\w+ (?:[a-z]+ly )?in")),
    RoleRule(ORIGIN, _before(r"\b(?:nationals|citizens|natives|residents|people|women|children) of")),
    RoleRule(DESTINATION, _before(rf"\bby (?:[a-z]+ ){{0,3}}{_PERSONS_WHO_HOLD} in")),
    RoleRule(RECRUITED, _before(rf"\b{_PERSONS_WHO_RECRUIT}(?:, [a-z]+)? in"),
             re.compile(r",? (?:[a-z]+ly )?(?:recruit|lure|send|deceive)")),
    RoleRule(OTHER, _before(rf"\b(?:{_PERSONS_WHO_RECRUIT}|{_EVENTS})(?:, [a-z]+)? in")),
    RoleRule(OTHER, _before(rf"\b{_NOT_GONE} (?:to|into)|\bhopes? of reaching|\bbordering")),
    RoleRule(ORIGIN, _before(r"\brecruited(?: [a-z]+)? in"), re.compile(r"[^;]*\bexploit\w* in\b")),
    RoleRule(DESTINATION, _before(rf"\b{_TO_OR_IN}(?: in)?")),
    RoleRule(OTHER, _ANYTHING, _DOES),
    RoleRule(DESTINATION, _ANYTHING, re.compile(
        r",? (?:are|remain|were|(?:is|remains) an? \w+)(?: \w+){0,2} destinations? (?:countries )?(?:for|of)\b"
    )),
    RoleRule(DESTINATION, _before(r"\bdestinations?\b[^,;.]*\b(?:include[sd]?|are|were|is)(?: \w+ly)?")),
    RoleRule(ORIGIN, _ANYTHING, re.compile(rf" (?:(?:adult|domestic|migrant|refugee|teenage|young) )?{VICTIMS}\b")),
    RoleRule(ORIGIN, re.compile(r"^(?:(?:the )?government of )?.{0,9}$"), re.compile(
        r" [a-z ]*\b(?:exploit|forc|send|subject|compel)\w*\b[^;]*\bits (?:own )?(?:citizens|nationals|workers)\b"
    )),
)  # fmt: skip
RULES_OF_PEOPLE: Final = (
    RoleRule(DESTINATION, _before(r"\b(?:in|on|at)(?: the)?"), re.compile(
        r" (?:(?:\w+,? ){1,5}(?:industry|industries)|sweatshops|farms|plantations|mines|factories|brothels|territory|"
        r"ports)\b"
    )),
    RoleRule(ORIGIN, _before(rf"\b{VICTIMS} of"), re.compile(r" (?:nationality|citizenship)\b")),
    RoleRule(OTHER, _before(rf"\b{DOERS}[^,;]{{0,30}} (?:are|were|include)(?: \w+)?")),
    RoleRule(OTHER, _before(rf"\b{_NOT_VICTIMS}(?: some| other)?")),
    RoleRule(OTHER, _before(r"\bmarriages? (?:to|with) <a\d+> men (?:and|or)\b[^;<]{0,30}")),
    RoleRule(OTHER, _ANYTHING, _DOES),
    RoleRule(OTHER, _ANYTHING, re.compile(rf" (?:[a-z]+ )?{VICTIMS}(?: were)? (?:returned|repatriated) from\b")),
    RoleRule(OTHER, _before(r"\bto"), re.compile(r" (?:men|husbands|clients|citizens)\b")),  # buyers
    RoleRule(ORIGIN, _ANYTHING, _HEAD),
    RoleRule(ORIGIN, _ANYTHING, _ALONE),
    RoleRule(ORIGIN, _before(r"\b(?:lure|recruit|exploit|force|subject|coerce|deceive)s?")),
)  # fmt: skip

# What a statement says besides.
_ELSEWHERE = _any(
    """abroad, overseas, worldwide, outside (?:of )?the country, (?<!from )elsewhere, foreign employment,
    foreign jobs"""
)
ABROAD: Final = re.compile(
    rf"\b{_ELSEWHERE}\b|\b(?<!crew )(?<!members )(?<!sailors )(?:on|aboard) "
    r"(?:<a\d+>|foreign|[A-Z]\w+-[a-z]+ed)[^,;]{0,30} (?:boats|vessels|ships)\b"
)
_AT_HOME = _any(
    r"""domestically, internally, at home, nationwide, countrywide, internal(?: \w+)? (?:traffick\w+|victims),
    trafficking is (?:[a-z]+ly )?internal, domestic (?:sex |labor |human )?trafficking,
    (?:in|within|inside)(?: the)? country(?!side), (?:throughout|across) the country(?!side)"""
)
HOME: Final = re.compile(rf"\b{_AT_HOME}\b")
AT_HOME_AND: Final = re.compile(rf"\b{_AT_HOME}(?=,? (?:and|or)\b[^;]*(?:\b{_ELSEWHERE}\b|<n))")
PLACE_BEFORE: Final = re.compile(r"\bwhere\b|^within <n\d+>")
GONE: Final = re.compile(
    r"<a\d+>(?: (?!and\b)\w+){0,2} (?:migrants|refugees|returnees|migrant \w+)\b|\b(?:migrat\w+|emigra\w+|travel\w*)\b"
)
WITHIN: Final = re.compile(r"\b(?:within|inside|throughout|across) <n(\d+)>")
_OWN_DOERS = _any(
    r"""parents, famil(?:y|ies), family members, relatives, tribe members,
    (?:armed|ethnic|militant|insurgent)[ a-z]* groups, militias, military(?: personnel)?, army, officials,
    (?<!Cuban )government(?: forces)?"""
)
_OWN_DEEDS = _any(
    r"""exploits?, exploited, forc(?:e|es|ed|ibly), coerc\w*, conscript\w*, subject(?:s|ed)?, recruit(?:s|ed)?,
    mobiliz\w+, sell, prostitut\w+"""
)
OF_ITS_OWN: Final = re.compile(
    r"\b(?:from|in) (?:\w+ ){0,3}?rural\b|\b(?:to|in) (?:\w+ )?(?:urban (?:areas|centers)|the capital)\b|"
    r"\b(?:to|in|into) (?:\w+ )?(?:cities|towns)\b(?! and ports)|"
    r"\b(?:exploit|forc(?:e|es|ed|ing)|subject|sell)\b[^,;]{0,40}\btheir (?:own )?(?:children|daughters|sons)\b|"
    rf"\b{_OWN_DOERS}\b(?! report)[^,;<]{{0,60}}?\b{_OWN_DEEDS}\b|"
    r"\b(?:government-compelled|state-sponsored|state-imposed) "
)  # from villages to towns, or by families and officials
_HARM = _any(
    r"""exploit\w*, traffic, traffick(?:ed|s), trafficking(?= (?:of|is|victims|within|in)),
    trafficking(?=[^;]* occurs?), forc(?:e|ed|ing), forcibly, coerc\w+, compel\w*, subject(?:s|ed)?, extort\w*,
    induced, sexually abused, (?<!engaged in )prostitut\w*, servitude, bondage, slave\w*, enslaved, victims? of,
    victimiz\w+, begging, beggars, sold, conscript\w*, forces(?= (?:<|its\b|\w*men\b|girls|boys|children|some)),
    sex (?:trade|industry), traffickers (?:\w+ly )?(?:use|move|lure|recruit|transport|bring|send|take),
    victims (?:\w+ly |also )?(?:in|are|were|from|come|came|originate|have been|identified|include),
    sell (?=(?:\w+ ){0,2}(?:children|daughters|girls|women|victims)\b),
    (?:recruit|us(?:e|es|ed|ing)\b)\w*[^;]*?\b(?:to fight|soldiers|combat\w*|human shields)"""
)
HAPPENING: Final = re.compile(rf"\b{_HARM}\b(?! displaced)")
_DOUBT = _any(
    r"""may, might, could, can, vulnerab\w+, susceptible, risks?, possibl[ey](?! growing), potential(?:ly)?,
    allegations?, alleged(?:ly)?, suspected, indicative, indicators, attempt\w*, prevent\w*, lack of, prohibit\w*,
    likely, presumabl[ey], unconfirmed, unverified, anecdotal, in danger,
    no (?:[\w<>]+ ){0,2}(?:reports|cases|evidence|known|identified|victims),
    prone to, difficult\w*, (?:did|does|do|were|was|are|is) not(?! only), scope of, efforts,
    combat(?:ing)?(?: \w+)? trafficking"""
)
UNSURE: Final = re.compile(rf"\b{_DOUBT}\b")
SURE_AGAIN: Final = re.compile(
    r",? (?:and|but) (?=(?:children )?(?:(?:are|is|were|was|have|has|become|subsequently|sometimes|often|then|"
    r"reportedly|also) )+|(?:exploit|force|subject)\b)|, but (?=(?:some|many|others|foreign|women|children|<a)\S* )"
)
_GOES_ON = _any(
    """are, were, is, have, has, end, become, also, subsequently, face, experience, endure, fall, sometimes, later"""
)
SAME_PEOPLE: Final = re.compile(
    r"(?:although |while |when |once )?(?:(?:[a-z]+ )+of )?(?:these|them|such|those)\b|they\b|"
    r"(?:some|many|most) of the\b|where\b|who\b|upon arrival\b|"
    rf"(?:upon arrival,? )?(?:others|some|many|most|the majority) {_GOES_ON}\b"
)
FROM_THERE: Final = re.compile(r"\bfrom (?:these|those|the) (?:same )?countries\b")
ANY_VICTIMS: Final = re.compile(rf"\b{VICTIMS}\b")
THEM: Final = re.compile(r"\b(?:exploit|force|subject|coerce|compel)\w* them\b")
_PEOPLE_THERE = (
    rf"(?:victims from <n\d+>|<a\d+>'?s?(?: {VICTIMS})?|<n\d+> {VICTIMS})"
    r"(?: are)?(?: also)?(?: exploited)? (?:abroad|overseas|in <n\d+>)"
)
TOO: Final = re.compile(rf"(?:to a lesser extent, )?{_PEOPLE_THERE}(?=$|,| \()|from <n\d+> to <n\d+>")
BETWEEN: Final = re.compile(r"<a(\d+)>-<a(\d+)> border|\bborders? (?:with|between) <n(\d+)>|\bbetween <n(\d+)>")
THERE: Final = re.compile(
    r"(?:, where|\bsubsequently|\bupon arrival|\bintended destinations|\bfor (?:\w+ )?exploitation)\b"
)  # people are exploited at the end of their way
TRAFFICKING: Final = re.compile(r"\b[Tt]raffick")

# Where one statement ends and another begins.
_AND_PEOPLE_THERE = (
    r",? (?:and|as well as|and also|but also) (?=(?:to a lesser extent, )?(?:(?!(?:in|to|from|by|with) )[a-z]+ ){0,2}?"
    rf"(?:(?:also )?exploit )?(?:[a-z]+ )?{_PEOPLE_THERE})"
)
_COUNTRY_FOR = r", (?:and )?(?=an? (?:source|origin|transit|destination)(?: and \w+)? (?:country|point) for\b[^;]*?<)"
_AND_OTHER_PART = r",? and (?=(?:is )?(?:also )?an? (?:possibl[ey] )?(?:source|origin|transit|destination)\b[^;]*?<)"
_AND_OTHERS_DO = (
    rf", and (?=(?:[\w<>'-]+ ){{0,6}}?(?:{VICTIMS}|{DOERS}|<a\d+>) (?:in <n\d+> )?{_ADVERBS}"
    r"(?:are|were|have|has|may|faced?|recruit|exploit|force|subject|lure|use|conscript|bring|send|take|sell|transport|"
    r"move)\b)"
)
_AND_OTHERS_ARE = (
    rf" and (?=(?:[\w'-]+ ){{0,3}}?(?:<a\d+>|<a\d+> {VICTIMS}|{VICTIMS}(?: from <n\d+>)?) {_ADVERBS}"
    r"(?:are|were|have been)\b)"
)
_AND_VICTIMS = r" and (?=domestic (?:\w+ ){0,3}trafficking victims\b)"
_AND_VICTIMS_FROM = r", as well as (?=(?:[a-z]+ ){1,3}victims from <n)"
_AND_DO = r", and (?=(?:also )?(?:exploit|force|subject|recruit) (?!them\b))"
CUT: Final = re.compile(
    r",? (?:while|whereas|although)(?: at the same time)? "
    r"(?!(?!trafficking)\w+ing\b|(?:also |mainly |primarily )?(?:from|in|to)\b)|"
    r", but (?=(?:also )?(?:others|some|traffick\w+|many) )|, with (?=(?:[a-z]+ ){1,4}<a)|"
    r",? and (?=from <n\d+> to <n)|"
    rf"{_AND_PEOPLE_THERE}|{_COUNTRY_FOR}|{_AND_OTHER_PART}|{_AND_OTHERS_DO}|{_AND_OTHERS_ARE}|{_AND_DO}|{_AND_VICTIMS}|"
    rf"{_AND_VICTIMS_FROM}"
)
_VERBS = _any(
    r"""is, are, was, were, has, have, had, may, can, exploit\w*, forc\w+, subject\w*, recruit\w*, us(?:e|es),
    lur\w+, coerc\w+, sell, sold, traffic\w*, seek, go, enter, report\w*, identified, found, promise\w*, pay, held,
    hold, attract\w*, become, remain\w*, serves?, occurs?, live, migrat\w+, face, experience, continue\w*, transit,
    travel, come, send, perform"""
)
VERB: Final = re.compile(rf"\b{_VERBS}\b")

# The part of a country in routes: "is a source, transit, and destination country".
_IS = r"is|was|has been|remains?|remained|serves? as|served as|has become|became|continue[sd]? to be"
_ADVERB = r"(?: (?!possib|potent)\w+ly| also| now| still)?"
PARTS: Final = re.compile(
    r"(?P<subject>(?:^(?=(?:also )?an? )|<n\d+>|\b[Ii]t|\bthe country|\bthe islands|\bthe territory|\band)'?s?)"
    rf"(?:{_ADVERB}|,? to a lesser extent,)(?: (?:{_IS}))?{_ADVERB}(?:^| )"
    r"(?P<parts>(?:one of|an?|primarily|mainly|both|possibly|predominantly|the|largely|"
    r"(?=source|transit|destination))\b[^;:]{0,200}?)"
    r"\b(?:countr(?:y|ies)|territory|point|place|location|area|hub|zone|route|for|of (?:\w+ )?trafficking)\b"
    r"(?P<after> of origin[^;]{0,60})?"
)
PART: Final = re.compile(
    r"\b(?P<unsure>possibl[ey]|potential(?:ly)?)|\b(?P<anew>(?:and|or|,|but) an?)\b|"
    r"\b(?P<part>sources?|origin|transit|destination)\b"
)
SEX_TOURISM: Final = re.compile(r"\bdestination (?:country )?for (?:\w+ )?sex tour|sex tourism destination")

CAUSES: Final = re.compile(r".*\b(?:were|was|are|is) (?:\w+ )*causes? of\b")  # what leads to it is not a form of it
_MADE_TO = (
    r"(?:forc(?:e|ed|ing)|forcibly|coerc\w+|compel\w*|defrauded|exploit(?:ed|ation)?|subject(?:s|ed)?|held|end up)"
)
_NOT = rf"{_MADE_TO}|after|promis\w+"
_INTO = rf"{_MADE_TO}\b(?:(?!\b(?:{_NOT})\b)[^;])*?\b"  # of what people are made to do
_INTO_NO_SEX = rf"{_MADE_TO}\b(?:(?!\b(?:{_NOT}|sex\w*|prostitut\w+|servitude)\b)[^;])*?\b"
_WORK = r"(?:(?<!sex )(?<!sexual )(?<!social )(?<!for )(?<!domestic )work|labor|vending)"
_SECTORS = "(?:agriculture|factories|sweatshops|mining|construction|restaurants)"
_MARRIAGE = r"(?:\w+ )?(?:marry|marriages?|brides)"
_FORMS = {
    "sexual": _any(r"""sex(?: and (?:forced )?labor)? traffick\w+, sex traffic, sexual(?: exploitation| slavery),
                   sexually exploit\w*, prostitut\w*, commercial sex\w*, sex trade, sex victims, brothels,
                   situations of sexual abuse,
                   (?:trafficked|used) for (?:labor and )?sex"""),
    "labour": _any(rf"""(?:forced|false|exploitative|compelled) (?:[\w-]+(?: and)? ){{0,3}}?labor\w*,
                   labor(?: and sex)? traffick\w+, labor exploitation, trafficked for (?:sex and )?labor,
                   {_INTO}{_WORK}, {_INTO_NO_SEX}{_SECTORS}, involuntary servitude"""),
    "domestic-servitude": _any(rf"""domestic servitude, forced domestic, domestic servants,
                               {_MADE_TO} (?:(?!work\b|labor\b)[\w,]+ ){{0,6}}?domestic (?:service|work)"""),
    "debt-bondage": r"debt bondage|bonded (?:\w+ ){0,3}?labor",
    "begging": rf"forced begging|{_INTO}(?:beg|begging|beggars)",
    "forced-marriage": rf"forced (?:and \w+ )?marriages?|{_MADE_TO} [^;<]*?(?:in)?to (?:[\w,]+ ){{0,6}}?{_MARRIAGE}|"
                       rf"sold (?:[^;<]{{0,30}} )?(?:into|as|for) {_MARRIAGE}",
}  # fmt: skip
FORMS: Final = {form: re.compile(rf"\b(?:{words})\b") for form, words in _FORMS.items()}
"""Patterns of the forms of exploitation, by their codes."""


def role_of(rules: Iterable[RoleRule], before: str, after: str) -> str:
    """Return the role that the first fitting rule gives to places between two parts of a text."""
    return next((rule.role for rule in rules if rule.before.search(before) and rule.after.match(after)), OTHER)


def forms_of(text: str) -> list[str]:
    """Return the codes of the forms of exploitation that a text names.

    >>> forms_of("are subjected to sex and labor trafficking, or forced to beg")
    ['sexual', 'labour', 'begging']
    """
    return [form for form, words in FORMS.items() if words.search(text)]
