import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from tipgraph.display.claims import claims_about
from tipgraph.graph.graph import Graph
from tipgraph.graph.lookup import resolve
from tipgraph.graph.query import Answer, Query
from tipgraph.pipeline.builder import build
from tipgraph.sources.reference import reference_of

from .conftest import Taking

CODES = {
    row.cells["id"]: row.cells["isoAlpha2"] for row in reference_of().tables["places"].rows if row.cells["isoAlpha2"]
}

SITUATION = (
    "Mali is a source, possibly a transit, and a destination country for men; boys from Guinea are forced to beg; "
    "Malian women are subjected to sex trafficking in Niger and the Middle East; people from Chad live there (2015)"
)
RECORDS = {
    "commit_month": "2017-03",
    "records": [
        {
            "path": "x/ml.json",
            "country": "Mali",
            "current situation": SITUATION,
            "tier rating": "Tier 2 Watch List – Mali does not fully comply (2016)",
        },
        {"path": "x/cd.json", "country": "Burma", "tier rating": "<p>Tier 3 &mdash; Burma (2022)</p>"},
        {"path": "x/no.json", "country": "Nowhere", "tier rating": "Tier 1 (2022)"},
        {"path": "x/pe.json", "country": "Peru", "tier rating": "unrated"},
        {"path": "x/ct.json", "country": "none", "tier rating": "Tier 3 - Central African Republic is poor (2015)"},
    ],
}
TEXT = json.dumps(RECORDS, indent=1)


def test_a_tier_has_its_year(taking: Taking) -> None:
    found = taking("factbook", TEXT)
    assert [(row["place"], row["tier"], row["date"], row["review"]) for row in found.rows["ratings"]] == [
        ("reference/places/mali", "2-watch-list", "2016", "unreviewed"),
        ("reference/places/myanmar", "3", "2022", "unreviewed"),
        ("reference/places/central-african-republic", "3", "2015", "unreviewed"),
    ]
    assert found.faults == ["made.data:23: tier rating: the tier rating does not begin with a tier; left out"]
    assert found.taken.report.unresolved == {"Nowhere": 1}


def test_tiers_are_asked_by_place_and_by_tier(taking: Taking, tmp_path: Path) -> None:
    taking("factbook", TEXT)
    graph = build(tmp_path / "data")
    assert _ratings(graph, {}) == {
        ("Mali", "Tier 2 Watch List", "2016"),
        ("Myanmar", "Tier 3", "2022"),
        ("Central African Republic", "Tier 3", "2015"),
    }
    assert _ratings(graph, {"in": "asia"}) == {("Myanmar", "Tier 3", "2022")}
    assert _ratings(graph, {"tier": "2-watch-list"}) == {("Mali", "Tier 2 Watch List", "2016")}


def _ratings(graph: Graph, values: Mapping[str, str]) -> set[tuple[str, ...]]:
    """Return place, tier and date; every row is cited."""
    answer = Query.find("ratings").run(graph, values)
    assert all(answer.cited(row) for row in answer.rows)
    return {tuple(map(partial(_words, answer), row[:3])) for row in answer.rows}


def _words(answer: Answer, cell: object) -> str:
    return answer.labels[cell] if isinstance(cell, NamedNode) else str(getattr(cell, "value", ""))


def test_a_route_has_its_direction_its_form_and_its_clause(taking: Taking) -> None:
    found = taking("factbook", TEXT)
    reports = {row["route"].partition("/")[2]: row for row in found.rows["route-reports"]}
    assert reports.keys() == {"origin-mali", "destination-mali", "guinea-mali", "mali-niger", "mali-western-asia"}
    assert (reports["origin-mali"]["origin"], reports["origin-mali"]["modality"]) == ("reference/places/mali", "")
    route = reports["mali-western-asia"]
    columns = ("origin", "destination", "directed", "form", "modality", "date")
    assert [route[column] for column in columns] == [
        "reference/places/mali", "reference/places/western-asia", "true", "sexual", "implied", "2015",
    ]  # fmt: skip
    assert route["note"] == '"Middle East" was read as Western Asia. extracted by a rule; nobody has read it'
    (place,) = found.only("evidence", id=route["evidence"])
    assert TEXT[int(place["start"]) : int(place["end"])].startswith("Malian women")
    assert TEXT[int(place["start"]) : int(place["end"])].endswith("Middle East")
    assert "Middle East" not in {row["name"] for row in found.rows["namings"]}


_SAID = """
Peru: traffickers exploit domestic and foreign victims in Peru, and victims from Peru abroad => within to from
Peru: Peru is a source and possible transit country; Peru remains a destination for sex tourists => from
Peru: the country serves as a transit point for Haitians on the way to Chile => HTthrough
Peru: Peruvian women are exploited in Chile, the UK, the US, and the UAE => PE>CL PE>GB PE>US PE>AE
Peru: women from C&ocirc;te d&rsquo;Ivoire are <em>forced</em> into prostitution in Peru => CI>PE
Peru: Chinese, Filipino, and local men are forced to work in mines => CN>PE PH>PE within
Peru: girls are sold domestically, as well as in East and South Asia => within PE>eastern-asia PE>southern-asia
Peru: men from Ecuador and other South American countries are held in debt bondage => EC>PE south-america>PE
Peru: Peruvian women may be exploited in Spain; Bolivians in Peru are vulnerable to trafficking =>
Peru: Nepali women are forced to work, while Indian women are vulnerable to forced labor in Peru => NP>PE
Peru: Japanese men exploit girls in brothels; tourists from Canada buy sex; Chile sent investigators =>
Peru: Peruvian men go to Spain for work; some of these men are subjected to forced labor => PE>ES
Peru: Peruvian children are forced to beg in neighboring countries, including Brazil => PE>BR
Peru: traffickers operate on the border with Chile => CL-PE
Peru: agents in Mali and Chad recruit girls who are exploited in Peru => ML>PE TD>PE
Peru: Haitians are exploited in Peru, and Peruvian men in Oman. Lao boys are forced to work => HT>PE PE>OM LA>PE
Peru: Peruvian men are exploited in Chile, while trafficking victims are brought to Peru from Mali => PE>CL ML>PE
Peru: men from Nepal migrate to Peru, but some face forced labor. Girls are sold in the UAE. Boys beg => NP>PE PE>AE
Peru: Nationals of Cuba are forced to work; girls are exploited abroad, most often Chile => CU>PE PE>CL from
Peru: girls are trafficked from Chad to Mali and from Niger to Cuba => TD>ML NE>CU
Peru: no Chilean victims were identified; Peruvians in Chile, Mali, and Niger are vulnerable to slavery =>
Peru: girls are sold in southern Asia, the Kingdom of Jordan and, in some cases, Oman => PE>southern-asia PE>JO PE>OM
Peru: Chile and Mali remain destinations for Peruvian victims of trafficking => PE>CL PE>ML
Peru: boys from Peru are forced to work on Brazilian farms => PE>BR
Peru: Peru is a transit point for men from Mali; people from these countries are exploited in Chile => MLthrough ML>CL
Peru: women are sold in more developed Asian countries for sex, particularly Japan => PE>asia PE>JP
Peru: children trafficked from Mali, and possibly from Niger, beg in Peru; women from Congo are sold => ML>PE to
Peru: men from Chad are exploited; traffickers recruit boys and force them to work in Mali => TD>PE PE>ML
Korea, South: Korean women are trafficked to Japan => KR>JP
The Dominican: Dominican girls are sold in the Gulf states of Bahrain and Qatar => DO>BH DO>QA
DRC: Congolese children from the eastern Congo are exploited in Angola => CD>AO
Peru: criminal networks, sometimes extending to Mali and to Europe, are involved in trafficking in Peru =>
Peru: traffickers from Peru exploit victims in Chile; men from other Asian countries travel to Peru for child sex =>
Peru: Haitians enter Peru, often for onward travel to Chile, but some are forced into prostitution => HT>PE
Peru: Haitians transit Peru to reach Chile, where some are subjected to forced labor => through HT>CL
Peru: smugglers subject Cubans who transit Peru en route to Canada to forced labor => CUthrough CU>PE
Peru: Haitians transit Peru en route to Chile; some of them are sold at their intended destinations => through HT>CL
Peru: girls from areas in neighboring countries such as Chad are lured to cities in Peru and exploited => TD>PE
Peru: traffickers use Peru as a transit point for victims used for sex trafficking in Chile and Brazil => throughCL+BR
Peru: Peruvian boys are victims of forced labor in the Chilean fishing and mining industries => PE>CL
Peru: ethnic Chinese girls and Balkan Egyptian boys are forced to beg =>
Peru: men from Mali are exploited; Lao gangs lure Laotians with false promises, then exploit them in Peru => ML>PE LA>PE
"""
SAID = [re.split(": | => ?", line, maxsplit=2) for line in _SAID.strip().splitlines()]  # country, text, what it says


def test_sentences_are_read_as_they_say(taking: Taking) -> None:
    records = [{"country": country, "trafficking profile": text} for country, text, _ in SAID]
    source = json.dumps({"records": records}, indent=1)
    found, said = taking("factbook", source), {text: set[str]() for _, text, _ in SAID}
    cited = {row["id"]: source.splitlines()[int(row["paragraph"]) - 1] for row in found.rows["evidence"]}
    for row in found.rows["route-reports"]:
        said[json.loads(f"{{{cited[row['evidence'].split(' | ')[0]]}}}")["trafficking profile"]].add(_route(row))
    assert said == {text: set(expected.split()) for _, text, expected in SAID}


_FORMS = """
men are exploited in sex and labor trafficking in Chile => PE>CL: sexual labour
men are exploited in labor and sex trafficking in Chile => PE>CL: sexual labour
men are coerced or defrauded into labor in factories, street begging, or the sex trade in Chile => \
    PE>CL: sexual labour begging
groups sex traffic Peruvian girls to Chile => PE>CL: sexual
girls are forced into prostitution, domestic service, or agricultural work through forced marriages in Chile => \
    PE>CL: sexual labour domestic-servitude forced-marriage
domestic servitude and poverty were the primary causes of trafficking of Peruvian women in Chile => PE>CL: unspecified
Peru is a source and destination country for men subjected to sex trafficking and forced labor => \
    from: sexual labour; to: sexual labour
Peru is a source country for girls subjected to sex trafficking and destination country for men in forced labor => \
    from: sexual; to: labour
men are exploited in forced labor domestically and, to a lesser extent, sex trafficking abroad => \
    from: sexual labour; within: labour
traffickers exploit girls in sex trafficking in Chile and in Peru, and exploit boys in forced labor across Brazil => \
    PE>CL: sexual; within: sexual; PE>BR: labour
girls travel to Chile, where boys are forced to work and girls are forced into prostitution => PE>CL: sexual labour
men are exploited in sex trafficking in restaurants in Chile => PE>CL: sexual
Malian migrants are vulnerable to sex trafficking and are exploited in restaurants in Peru => ML>PE: labour
men from Mali are forced to work in the mining sector or may be sex trafficked in Peru => ML>PE: labour
traffickers exploit, in Peru, Malian migrants, as well as child sex victims from Chad => \
    ML>PE: unspecified; TD>PE: sexual
some migrants are forced into prostitution, and some Malian women reportedly faced forced labor in Peru => ML>PE: labour
"""


@pytest.mark.parametrize("line", _FORMS.replace("\\\n", "").strip().splitlines())
def test_a_route_has_all_forms_that_its_clause_names(taking: Taking, line: str) -> None:
    text, _, expected = line.partition(" =>")
    found = taking("factbook", json.dumps({"records": [{"country": "Peru", "trafficking profile": text}]}, indent=1))
    said = {f"{_route(row)}: {row['form'].replace(' | ', ' ')}" for row in found.rows["route-reports"]}
    assert said == {part.strip() for part in expected.split(";")}


def test_exploitation_within_a_place_is_no_movement(taking: Taking, tmp_path: Path) -> None:
    text = "children are sold domestically; Malian boys are forced to work; girls are sold abroad"
    found = taking("factbook", json.dumps({"records": [{"country": "Peru", "trafficking profile": text}]}, indent=1))
    graph = build(tmp_path / "data")
    routes = [resolve(graph, row["id"]) for row in found.rows["routes"]]
    said = {
        language: {one.sentence.rpartition(" (")[0] for route in routes for one in claims_about(graph, route, language)}
        for language in ("en", "es")
    }
    assert said == {
        "en": {
            "Exploitation within Peru is reported",
            "A route from Mali to Peru is reported; exploitation: forced labour",
            "A route from Peru is reported",
        },
        "es": {
            "Se informa de explotación dentro de Perú",
            "Se informa de una ruta desde Malí hasta Perú; explotación: trabajo forzoso",
            "Se informa de una ruta desde Perú",
        },
    }


def test_people_of_the_clause_before_cite_it(taking: Taking) -> None:
    text = "women come from South Asia to work in Peru; some of these women are exploited in forced labor"
    source = json.dumps({"records": [{"country": "Peru", "trafficking profile": text}]}, indent=1)
    (row,) = (found := taking("factbook", source)).rows["route-reports"]
    cited = [found.only("evidence", id=name)[0] for name in row["evidence"].split(" | ")]
    assert [source[int(place["start"]) : int(place["end"])] for place in cited] == text.split("; ")
    assert row["note"].startswith('"South Asia" was read as Southern Asia')


_YEARS = """
men from Mali are forced to work => 2016 inferred
in 2014, men from Mali were forced to work => 2014
men from Mali were forced to work during the 2014 harvest => 2014
since 2013, men from Mali have been forced to work => 2013/..
a 2013 study found that men from Mali are forced to work => 2013 inferred
men from Mali who fled the 2010 earthquake are forced to work => 2016 inferred
previous reports indicate that men from Mali are forced to work =>
men from Mali have been forced to work in recent years =>
"""


@pytest.mark.parametrize("line", _YEARS.strip().splitlines())
def test_a_clause_may_have_a_date_of_its_own(taking: Taking, line: str) -> None:
    text, _, expected = line.partition(" =>")
    records = [{"country": "Peru", "trafficking profile": f"{text}; boys beg (2016)"}]
    (row,) = taking("factbook", json.dumps({"records": records}, indent=1)).rows["route-reports"]
    assert f"{row.get('date', '')} {row.get('dateBasis', '')}".strip() == expected.strip()


_NO_ORIGIN = "that the people come from the country of the text is a reading"
_NO_DESTINATION = "that they are exploited in the country of the text is a reading"
_EACH = "the words list origins and destinations: that people of each go to each is a reading"
_TRANSIT = "the words name Peru as a place of transit"


@pytest.mark.parametrize(
    ("text", "notes", "stops"),
    [
        ("men from Mali are exploited in Peru", [], 0),
        ("men from Mali are forced to work", [_NO_DESTINATION], 0),
        ("the majority of trafficking victims are exploited in cities", [_NO_ORIGIN, _NO_DESTINATION], 0),
        ("girls are sold domestically", [_NO_ORIGIN], 0),
        ("Peruvian girls are sold domestically", [], 0),
        ("Peru is a transit country for men from Mali exploited in Chile", [_TRANSIT], 2),
        ("Peru is a transit country for men from Mali and Chad exploited in Chile and Oman", [_EACH, _TRANSIT], 5),
        ("men from Mali are exploited in Peru, and may be sold", ['how far "may" goes was read by a rule'], 0),
        ("traffickers use Peru as a transit point for victims exploited in Chile", [_TRANSIT], 1),
    ],
)
def test_a_note_says_what_the_words_do_not(taking: Taking, text: str, notes: list[str], stops: int) -> None:
    source = json.dumps({"records": [{"country": "Peru", "trafficking profile": text}]}, indent=1)
    found = taking("factbook", source)
    *_, last = found.rows["route-reports"]
    assert last["note"] == ". ".join([*notes, "extracted by a rule; nobody has read it"])
    assert len(found.rows.get("route-stops", [])) == stops


def _route(row: Mapping[str, str]) -> str:
    """Return a report in short: "within", "from", "PE>CL", "MLthroughCL", or "CL-PE" without a direction."""
    ends = ["+".join(map(_code, row.get(column, "").split(" | "))) for column in ("origin", "destination")]
    if row.get("endpoint"):
        return "-".join(_code(place) for place in row["endpoint"].split(" | "))
    if row["route"].startswith("routes/transit-"):
        return "through".join(ends)
    if not all(ends):
        return "from" if ends[0] else "to"
    return "within" if ends[0] == ends[1] else ">".join(ends)


def _code(place: str) -> str:
    name = place.rpartition("/")[2]
    return CODES.get(name, name)
