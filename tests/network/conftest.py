"""A small graph of our own with what the real sources do not have: transit, chains of money, parallel edges, loops."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import SMALL
from tipgraph.graph.graph import Graph
from tipgraph.pipeline.builder import build

TABLES = {
    "actors.csv": """\
donor,Organization,Donor,international-ngo
hub,Organization,Hub,ngo
left-ngo,Organization,Left,ngo
right-ngo,Organization,Right,ngo
other-donor,Organization,Other donor,international-ngo
""",
    "places.csv": """\
mid-one,City,Mid One
mid-two,City,Mid Two
""",
    "undertakings.csv": """\
shelter,Project,Shelter
school,Project,School
clinic,Project,Clinic
""",
    "undertaking-reports.csv": """\
g1,shelter,programme,lima,,ongoing,2019,p2s1.4
g2,school,programme,port-able,,planned,2021,p2s1.4
""",
    "funding.csv": """\
g1,donor,awarded,hub,shelter,1000,USD,"1,000",2019,p2s1.2
g2,hub,disbursed,left-ngo | right-ngo,shelter,600,USD,600,2019,p2s1.2
g3,hub,disbursed,left-ngo,school,50,EUR,50,2021,p2s1.2
g4,other-donor,pledged,hub,school,,,,,p2s1.2
g5,hub,disbursed,hub,,5,USD,5,,p2s1.2
g6,other-donor,proposed,left-ngo,,9000,USD,"9,000",,p2s1.2
""",
    "partnerships.csv": """\
g1,left-ngo | right-ngo | hub,joint-undertaking,shelter,stated,p2s2.1
g2,left-ngo | right-ngo,joint-undertaking,school,stated,p2s2.1
""",
    "routes.csv": "by-land,Route,By land\n",
    "route-reports.csv": "g1,by-land,port-able,lima,true,unspecified,persons,p3s1.2\n",
}
NEW = {
    "route-stops.csv": """\
id,routeReport,place,position,stage,evidence
s1,g1,port-able,1,origin,p3s1.2
s3,g1,mid-two,3,transit,p3s1.2
s2,g1,mid-one,2,transit,p3s1.2
s4,g1,lima,4,destination,p3s1.2
""",
    "participations.csv": """\
id,participant,undertaking,role,evidence
g1,left-ngo,school,implementer,p2s2.1
g2,donor,school,organizer,p2s2.1
g3,casa-clara,school,participant,p2s2.1
g4,hub,shelter,implementer,p2s2.1
g5,casa-clara,shelter,participant,p2s2.1
g6,left-ngo,clinic,implementer,p2s2.1
g7,donor,clinic,organizer,p2s2.1
""",
    "restatements.csv": """\
id,restating,restated,evidence
r1,funding/g3,funding/g2,p2s1.2
""",
}


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    data = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("grown") / "data"))
    source = data / "harbour-2020"
    for name, rows in TABLES.items():
        with (source / name).open("a", encoding="utf-8") as table:
            table.write(rows)
    funding = source / "funding.csv"
    lines = funding.read_text("utf-8").splitlines()
    continues = {"g2": "funding/g1"}
    funding.write_text("\n".join(
        [lines[0] + ",continues", *(f"{line},{continues.get(line.split(',')[0], '')}" for line in lines[1:])]
    ) + "\n", "utf-8")  # fmt: skip
    for name, text in NEW.items():
        (source / name).write_text(text, "utf-8")
    return build(data)


def short(iri: str) -> str:
    """Return the row id of an IRI."""
    return iri.rpartition("/")[2]
