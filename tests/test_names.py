import pytest

from tipgraph.errors import AmbiguousName, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.lookup import resolve


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("place:japan", "reference/places/japan"),
        ("JP", "reference/places/japan"),
        ("jpn", "reference/places/japan"),
        ("392", "reference/places/japan"),
        ("Japón", "reference/places/japan"),
        ("Bolivia (Plurinational State of)", "reference/places/bolivia"),
        ("NO", "reference/places/norway"),
        ("africa", "reference/places/africa"),  # a region of the State Department has that name, too
        ("África", "reference/places/africa"),
        ("state-gtip-2009/africa", "state-gtip-2009/places/africa"),
        ("Niger", "reference/places/niger"),
        ("IOM", "reference/actors/iom"),
        ("International Organization for Migrations", "reference/actors/iom"),
        ("actor:prm", "oas-cim-2005/actors/prm"),
        ("the office of the anti-TIP Coordinatior", "oas-cim-2005/actors/oas-tip-coordinator"),
        ("route:lac-japan", "oas-cim-2005/routes/lac-japan"),
        ("regional-meeting", "oas-cim-2005/undertakings/caribbean-regional-meeting"),
        ("https://w3id.org/tipgraph/id/oas-cim-2005/actors/iom", "reference/actors/iom"),
        ("<https://w3id.org/tipgraph/id/reference/actors/iom>", "reference/actors/iom"),
        ("source:oas-cim-2005", "oas-cim-2005"),
        ("Programs of fiscal year 2009: Western Hemisphere", "state-gtip-2009/undertakings/fy2009-western-hemisphere"),
        (" IOM ", "reference/actors/iom"),
        ("event:la-paz-training", "oas-cim-2005/undertakings/la-paz-training"),
    ],
)
def test_short_names(graph: Graph, name: str, found: str) -> None:
    assert resolve(graph, name).value == f"https://w3id.org/tipgraph/id/{found}"


def test_a_name_that_nobody_knows_or_that_means_several_things(graph: Graph) -> None:
    with pytest.raises(UnknownName, match=r"'Jpan' is no place here; perhaps .*'Japan'"):
        resolve(graph, "Jpan", "place")
    with pytest.raises(UnknownName, match="'place:iom' is no thing here"):
        resolve(graph, "place:iom")
    with pytest.raises(AmbiguousName, match="'government' is the name of several entries; give the id of one"):
        resolve(graph, "government")
    with pytest.raises(UnknownName, match="'nowhere' is no project or event here"):
        resolve(graph, "nowhere", "undertaking")


def test_words_within_a_name_are_enough_where_one_thing_of_the_kind_holds_them(graph: Graph) -> None:
    assert resolve(graph, "caracas", "undertaking").value.endswith("/caracas-seminar")
    assert resolve(graph, "European experts", "actor").value.endswith("/european-experts")
    with pytest.raises(AmbiguousName, match=r"european-experts \(European experts\), .* and \d+ more"):
        resolve(graph, "experts", "actor")  # in one text these words describe one group, but others are experts too
    with pytest.raises(UnknownName):
        resolve(graph, "araca", "undertaking")


HOSTILE = [
    '"} SERVICE <x> {',
    "\\",
    "'''",
    "\x00",
    "UNDEF }",
    "<>",
    "http://",
    "://",
    ":",
    "place:",
    "\u202e",
    "a" * 5000,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_just_unknown(graph: Graph, name: str) -> None:
    with pytest.raises(UnknownName):
        resolve(graph, name)


def test_a_short_name_may_be_written_as_words(graph: Graph) -> None:
    assert resolve(graph, "La Paz training").value.endswith("/la-paz-training")
    assert resolve(graph, "event:La Paz training").value.endswith("/la-paz-training")
