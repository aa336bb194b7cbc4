"""Words by which a phrase is an actor, an undertaking, a document or a place; and those that are never an actor."""

import re
from typing import Final, NamedTuple


class EntryKind(NamedTuple):
    """The class of an entry, and its code: the kind of an actor, an undertaking or a document."""

    cls: str
    code: str = ""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def _by_word(groups: dict[EntryKind, str]) -> dict[str, EntryKind]:
    return {word: kind for kind, words in groups.items() for word in words.split()}


UNDERTAKING_HEADS: Final = _by_word({
    EntryKind("Event", "workshop"): "workshop",
    EntryKind("Event", "seminar"): "seminar webinar",
    EntryKind("Event", "assembly"): "assembly",
    EntryKind("Event", "presentation"): "presentation lecture",
    EntryKind("Event", "videoconference"): "videoconference teleconference",
    EntryKind("EventSeries", "workshop"): "workshops",
    EntryKind("EventSeries", "seminar"): "seminars webinars",
    EntryKind("EventSeries", "meeting"): """meetings conferences forums consultations events sessions roundtables
        hearings briefings retreats tables discussions""",
    EntryKind("Event", "training"): "training visit tour trip",
    EntryKind("Event", "meeting"): """meeting conference forum symposium summit roundtable consultation event session
        congress colloquium ceremony dialogue retreat gathering hearing briefing table discussion""",
    EntryKind("EventSeries", "training"): "trainings course curriculum visits tours trips",
    EntryKind("Project", "programme"): "programme program programmes programs",
    EntryKind("Project", "counter-trafficking"): "project projects initiative initiatives",
    EntryKind("Project", "outreach"): "campaign campaigns hotline hotlines helpline",
    EntryKind("Project", ""): "activity activities intervention interventions collaboration action actions process",
    EntryKind("ProjectPhase", ""): "phase phases",
    EntryKind("Study", "research"): "research study studies survey surveys assessment assessments mapping",
})  # fmt: skip
"""Undertakings by their head word."""

DOCUMENT_HEADS: Final = _by_word({
    EntryKind("Publication", "report"): "report reports bulletin newsletter paper summary",
    EntryKind("Publication", "study-report"): "study-report",
    EntryKind("Publication", "questionnaire"): "questionnaire questionnaires",
    EntryKind("Publication", "letter"): "letter letters",
    EntryKind("Publication", "proposal"): "proposal proposals",
    EntryKind("Publication", ""): """manual manuals handbook handbooks guide guides toolkit publication publications
        document documents brochure brochures leaflet leaflets booklet booklets poster posters flyer flyers film
        documentary article articles book books factsheet journal magazine module modules statement statements
        communiqué""",
    EntryKind("Instrument", "resolution"): "resolution resolutions",
    EntryKind("Instrument", "declaration"): "declaration declarations",
    EntryKind("Instrument", "agreement"): "agreement agreements memorandum mou treaty",
    EntryKind("Instrument", "plan"): "plan plans strategy strategies",
    EntryKind("Instrument", ""): """protocol protocols convention conventions law laws act legislation directive decree
        guidelines charter compact bill amendment amendments ordinance regulation regulations code standards""",
})  # fmt: skip
"""Documents by their head word."""

GROUPS: Final = _by_word({
    EntryKind("Group", "government"): """officials officers authorities governments ministers counterparts
        policymakers mayors municipalities""",
    EntryKind("Group", "ngo"): "ngos ngo",
    EntryKind("Group", "civil-society"): "society csos",
    EntryKind("Group", "experts"): "experts specialists consultants trainers researchers",
    EntryKind("Post", "experts"): "expert specialist consultant",
    EntryKind("Post", ""): "representative",
    EntryKind("Group", "law-enforcement"): "police prosecutors investigators guards detectives inspectors customs",
    EntryKind("Group", "judiciary"): "judges magistrates judiciaries judiciary",
    EntryKind("Group", "legislature"): "parliamentarians legislators",
    EntryKind("Group", "professionals"): """practitioners professionals workers lawyers teachers doctors nurses
        providers psychologists counsellors counselors servants attorneys lecturers professors educators
        interpreters""",
    EntryKind("Group", "media"): "media journalists",
    EntryKind("Group", "academic"): "academics universities scholars",
    EntryKind("Group", "embassy"): "embassies consulates missions diplomats ambassadors",
    EntryKind("Group", "ministry"): "ministries",
    EntryKind("Group", "private-sector"): "companies businesses employers industry",
    EntryKind("Group", "mixed"): "partners stakeholders delegation delegations delegates networks",
    EntryKind("Group", "states"): "states countries nations",
    EntryKind("Group", ""): """representatives participants organizations organisations agencies institutions donors
        members
        staff personnel activists advocates volunteers employees charities foundations committees bodies coordinators
        facilitators presenters associations departments services offices units groups coalitions speakers instructors
        attendees observers guests leaders unions entities trainees""",
})  # fmt: skip
"""Groups of actors by their head word, in lower case."""

BODIES: Final = _by_word({
    EntryKind("GovernmentBody", "government"): "government administration",
    EntryKind("GovernmentBody", "embassy"): "embassy consulate mission",
    EntryKind("GovernmentBody", "law-enforcement"): "police gendarmerie interpol europol prosecutor",
    EntryKind("GovernmentBody", "legislature"): "parliament congress senate",
    EntryKind("GovernmentBody", "judiciary"): "court tribunal judiciary judiciaries",
    EntryKind("GovernmentBody", "task-force"): "task taskforce",
    EntryKind("GovernmentBody", ""): "agency authority",
    EntryKind("OrganizationalUnit", ""): """department direction office section division unit bureau secretariat
        directorate inspectorate headquarters commission committee council board branch desk assembly""",
    EntryKind("Organization", "academic"): "university college school",
    EntryKind("Organization", "foundation"): "foundation fund trust fundación fundacion fondation stiftung fundação",
    EntryKind("GovernmentBody", "ministry"): "ministry ministries ministerio ministère",
    EntryKind("Organization", ""): """organization organisation institute institution association centre center network
        coalition alliance society union bank federation league group international save consortium partnership
        nations corporation company inc ltd confederation caritas casa asociación asociacion association fédération
        federación instituto red centro hogar unión watch aid relief movement charity observatory academy clinic church
        collective cooperative lobby platform guild chamber team hospital shelter caucus sisters""",
})  # fmt: skip
"""Bodies by a word of their name."""

POSTS: Final = re.compile(
    r"""(?:(?:Acting|Interim|Additional|Joint|First|Under|Deputy|Assistant|Vice|Executive|Regional|National|Special
    |Senior|Chief|Permanent|Prime|UN|US|Foreign|Interior|Justice|Home|Labou?r|Health|Finance|Defen[cs]e|Social)\ )*
    (?:Secretary[- ]General|Director(?:[- ]General)?|Minister|Ambassador|Representative|Rapporteur|Commissioner
    |Coordinator|President|Chairperson|Chairman|Chair|Attorney[- ]General|Ombudsman|Secretary|Envoy|Mission\ Chief
    |Chief\ of\ (?:Mission|Party|Staff)|Chief\ Executive(?:\ Officer)?|Chief|Head|Specialist|Prosecutor|Governor
    |Ombudsperson|Manager|Adviser|Advisor|Officer|Spokesperson|Spokeswoman|Spokesman)""",
    re.VERBOSE,
)
"""Posts, which begin with a capital."""

NEVER: Final = words_of(
    """victim victims survivor survivors person persons people child children woman women girl girls boy boys men man
    minor minors migrant migrants refugee refugees trafficker traffickers individual individuals adolescent
    adolescents suspect suspects offender offenders youth youths student students worker slave slaves perpetrator
    perpetrators criminal criminals orphan orphans prostitute prostitutes family families mother mothers daughter
    daughters returnee returnees beneficiary beneficiaries community communities"""
)
"""Head words of phrases that are never an actor: victims and persons."""

HELPERS: Final = words_of("social health care outreach aid field case welfare youth humanitarian development community")
"""Words before "workers" who help others; other workers may be victims."""

LOOSE_GROUPS: Final = words_of("group groups members networks staff participants representatives organizations")
"""Head words that mean victims if they are of victims: "groups of women"."""

TOPIC: Final = words_of(
    """trafficking human persons person beings women children child labour labor sexual exploitation migration
    smuggling slavery forced tip counter anti combating day article tier section annex part chapter page january
    february march april may june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday phase english spanish french internet ngo ngos hiv aids usd eur gbp cad aud
    chf mou pdf csos cso gdp usa faq url isbn"""
)
"""Words that, alone, name nobody."""

NO_BRANCH: Final = TOPIC | words_of(
    """north south east west northern southern eastern western central upper lower new greater republic kingdom
    federation of and in for to from the at on with between mainland northeast northwest southeast southwest equatorial
    mr mrs ms dr st saint only like visit outside inside across both all neighboring neighbouring post-war today
    while when where after before since during if as but although because however"""
)
"""Words before a country that make no name of a body there."""

MODIFIED: Final = words_of(
    "activity activities action actions process collaboration session sessions intervention interventions"
)
"""Head words of undertakings that need an adjective: "activities" alone may be anything."""

TOURS: Final = words_of("visit visits tour tours trip trips table tables discussion discussions")
"""Head words of undertakings only after one of `STUDY`: a visit may be of one person."""

STUDY: Final = words_of("study exchange training exposure round table roundtable panel group")

POINTING: Final = words_of(
    """first second third two-day three-day one-day two three day five-day regional national same above said
    aforementioned mentioned the this its their latest critical important joint recent current present entire whole
    intensive valuable successful today's today’s day's day’s week's week’s month's month’s year's year’s"""
)
"""Words of a phrase that points to something named before."""

EVENTS: Final = words_of(
    """event training workshop seminar session meeting conference course workshop/seminar retreat forum summit symposium
    roundtable gathering"""
)
"""Words for one event by which a text may name it again: the workshop that was a training."""

PROJECTS: Final = words_of("project programme program initiative campaign")
"""Words for work by which a text may name it again."""

POINTED_BODIES: Final = words_of(
    """organization organisation commission institute fund foundation office unit section department ministry agency
    association network coalition centre center committee council secretariat bureau university alliance institution
    government ngo charity"""
)
"""Words for bodies by which "the" or "this" points to one named before."""

ANY_BODIES: Final = words_of("organization organisation institution ngo charity")
"""Words by which "the" points to any body that was named before."""

UNITS: Final = words_of("secretariat board office unit department section committee branch directorate bureau council")
"""Words for a part of a body, in small letters before "of" and its name."""

WEAK: Final = frozenset({"international", "group", "mission", "task", "agency", "board", "inc"})
"""Words for bodies that say so only as the head of a name."""

ONE_WORD_BODIES: Final = frozenset({"government", "interpol", "europol", "caritas"})
"""Words that are the whole name of a body."""

ENGLISH: Final = words_of(
    "the of and to in for with by from on was were is are has have been that this which as at its an be will it"
)
"""Words of English sentences."""

OTHER_LANGUAGES: Final = words_of(
    """el la los las de del y en que por con para una un se su al le les des et du dans pour par est une sur au aux der
    die das und mit von zu den dem im ist ein eine da do dos das em no na e os um uma com não het een van voor met"""
)
"""Words of sentences in Spanish, French, German, Portuguese and Dutch."""
