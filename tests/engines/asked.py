"""What the engines are asked: each parameter of each question, and terms for the slots of the program's own queries."""

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from tipgraph.graph.graph import Graph, Terms
from tipgraph.model import DATA, tip

# each has at least a row in the project's graph
QUESTIONS: Sequence[tuple[str, Mapping[str, str]]] = (
    ("actors", {"actor": "usaid"}),
    ("actors", {"kind": "embassy"}),
    ("audit", {"source": "oas-cim-2005"}),
    ("conflicts", {"about": "caribbean-seminars"}),
    ("conflicts", {"source": "oas-cim-2005"}),
    ("coverage", {"source": "oas-cim-2004"}),
    ("events", {"in": "caribbean"}),
    ("events", {"from": "2004-11", "to": "2005"}),
    ("events", {"status": "planned"}),
    ("funding", {"giver": "usaid"}),
    ("funding", {"to": "iom"}),
    ("funding", {"for": "caribbean-project"}),
    ("funding", {"in": "caribbean"}),
    ("funding", {"attending": "buenos-aires-seminar"}),
    ("funding", {"kind": "proposed"}),
    ("funding", {"topic": "Trafficking"}),
    ("funding", {"year": "2009"}),
    ("funding-chains", {"funder": "us-state-department"}),
    ("funding-chains", {"in": "caribbean"}),
    ("funding-chains", {"topic": "trafficking"}),
    ("funding-sums", {"giver": "gtip"}),
    ("funding-sums", {"to": "iom"}),
    ("funding-sums", {"for": "caribbean-project"}),
    ("funding-sums", {"in": "caribbean"}),
    ("funding-sums", {"in": "caribbean", "share": "true"}),
    ("funding-sums", {"kind": "awarded"}),
    ("funding-sums", {"topic": "trafficking"}),
    ("funding-sums", {"year": "2009"}),
    ("gaps", {"source": "oas-cim-2005"}),
    ("mandates", {"instrument": "ag-res-1948"}),
    ("mandates", {"to": "cim"}),
    ("mandates", {"by": "oas-general-assembly"}),
    ("neighbourhood", {"of": "iom"}),
    ("neighbourhood", {"of": "caribbean-project", "steps": "2"}),
    ("numbers", {"of": "route:lac-japan"}),
    ("numbers", {"of": "place:japan"}),
    ("participants", {"event": "caribbean-seminars"}),
    ("participants", {"participant": "iom"}),
    ("participants", {"role": "organizer"}),
    ("partners", {"of": "iom"}),
    ("partners", {"of": "iom", "with": "cim"}),
    ("partners", {"on": "caribbean-project"}),
    ("partners", {"in": "caribbean"}),
    ("promises", {"in": "caribbean"}),
    ("promises", {"from": "2004-11"}),
    ("promises", {"source": "oas-cim-2005"}),
    ("promises", {"source": "commit-phnom-penh-2006", "from": "2006-05"}),
    ("promises", {"funder": "gtip"}),
    ("publications", {"document": "iom-belize-report"}),
    ("publications", {"state": "forthcoming"}),
    ("publications", {"by": "iom"}),
    ("routes", {"origin": "latin-america-and-the-caribbean"}),
    ("routes", {"destination": "JP"}),
    ("routes", {"endpoint": "JP"}),
    ("single-source", {"class": "Funding"}),
    ("single-source", {"about": "usaid"}),
    ("things", {"class": "Event"}),
    ("things", {"like": "seminar"}),
    ("who-does-what-where", {"actor": "iom"}),
    ("who-does-what-where", {"kind": "seminar"}),
    ("who-does-what-where", {"in": "caribbean"}),
    ("who-does-what-where", {"topic": "trafficking"}),
    ("who-does-what-where", {"year": "2004"}),
    *((name, {"reviewed": "true"}) for name in (
        "actors", "conflicts", "events", "funding", "funding-chains", "funding-sums", "gaps", "mandates",
        "numbers", "participants", "partners", "promises", "publications", "routes", "single-source",
        "who-does-what-where",
    )),
    ("neighbourhood", {"of": "iom", "reviewed": "true"}),
)  # fmt: skip


def terms_for_slots(graph: Graph) -> Terms:
    """Return terms for every slot of queries/graph/: some of the graph, and words."""
    claims = _some([row["claim"] for row in graph.named("claim-list")])
    durations = [quad.subject for quad in graph.quads() if quad.predicate.value == tip.duration]
    lasting = [one for one in durations if isinstance(one, NamedNode)][:3]  # one engine writes otherwise
    things = _some([row["thing"] for row in graph.named("all-things")])
    estimates = [_node("ap-2005/estimates/1"), _node("law-forum/estimates/1")]
    contradicted = [_node("oas-cim-2005/funding/p30-2")]
    agreeing = [_node("state-tip-2024/participations/p4-3"), _node("state-tip-2022/participations/p9-3")]
    return {
        "claim": [*claims, *lasting, *estimates, *contradicted, *agreeing],
        "class": [NamedNode(tip.Funding), NamedNode(tip.Participation), NamedNode(tip.RouteStop)],
        "code": [row["code"] for row in graph.named("codes", {"name": [Literal("status"), Literal("role")]})],
        "graph": [_node("oas-cim-2004")],
        "in": [_node("reference/places/caribbean")],
        "kind": [Literal("actor"), Literal("place")],
        "language": [Literal("en")],
        "name": [Literal("status"), Literal("role")],
        "node": [*things, NamedNode(tip.Actor), NamedNode(tip.Funding)],
        "of": [_node("oas-cim-2005/routes/lac-japan"), _node("reference/places/japan")],
        "part": [_node("reference/places/japan"), _node("reference/places/caribbean")],
        "place": [_node("reference/places/caribbean"), _node("reference/places/japan")],
        "property": [NamedNode(tip.giver), NamedNode(tip.participant)],
        "restating": estimates,
        "root": [NamedNode(tip.Actor), NamedNode(tip.Place)],
        "route": [_node("oas-cim-2005/routes/lac-japan"), _node("oas-cim-2005/routes/lac-asia-link")],
        "sector": [Literal("15160")],
        "slug": [Literal("/iom"), Literal("/japan")],
        "source": [_node("oas-cim-2005"), _node("state-gtip-2009")],
        "stem": [Literal("contradict"), Literal("route")],
        "subject": things,
        "thing": things,
        "topic": [Literal("Trafficking")],
        "whole": [_node("reference/places/asia"), _node("reference/places/americas")],
        "word": [Literal("acronym"), Literal("fund")],
        "words": [Literal(" caracas ")],
        "wanted": [Literal("iom"), Literal("jp"), Literal("usaid")],
    }


def _some(terms: list[NamedNode]) -> list[NamedNode]:
    """Return about fifty of many terms, so that a query does not take long on any engine."""
    return terms[:: max(7, len(terms) // 50)]


def _node(name: str) -> NamedNode:
    return NamedNode(DATA + name)
