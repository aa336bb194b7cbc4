"""Makes graphs of this model of any size: `python benchmarks/generate.py 1000000 out.nq [--seed N]`.

One named graph per source document. Funders and partners follow a power law: few give to many, most work with few. The
same size and seed give the same bytes. About 25 statements a claim, evidence and what a build derives included.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

TIP = "https://w3id.org/tipgraph/ns#"
CODE = "https://w3id.org/tipgraph/code#"
ID = "https://w3id.org/tipgraph/id/"
A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
ONTOLOGY = Path(__file__).parent.parent / "ontology"
CLAIMS_A_SOURCE = 100
STATEMENTS_A_CLAIM = 27  # things included, measured
COUNTRIES = 150


def tip(name: str) -> str:
    return f"<{TIP}{name}>"


def node(*parts: object) -> str:
    return f"<{ID}{'/'.join(map(str, parts))}>"


def code(name: str) -> str:
    return f"<{CODE}{name}>"


def number(value: int, kind: str = "integer") -> str:
    return f'"{value}"^^<{XSD}{kind}>'


class Maker:
    """Writes the quads of one graph."""

    def __init__(self, size: int, seed: int, out: TextIO) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.out = out
        self.sources = max(2, size // (CLAIMS_A_SOURCE * STATEMENTS_A_CLAIM))
        self.actors = max(50, size // 200)
        self.undertakings = max(20, size // 400)
        self.written = 0
        self.routes = set[str]()

    def say(self, subject: str, graph: str, *pairs: tuple[str, str]) -> None:
        for predicate, value in pairs:
            self.out.write(f"{subject} {predicate} {value} {graph} .\n")
        self.written += len(pairs)

    def write(self) -> None:
        self.ontology()
        self.things()
        for source in range(self.sources):
            self.source(source)

    def ontology(self) -> None:
        from pyoxigraph import RdfFormat, parse

        for name in ("terms", "codes", "edges", "sentences", "corroboration"):
            for quad in parse(path=str(ONTOLOGY / f"{name}.ttl"), format=RdfFormat.TURTLE):
                self.say(str(quad.subject), node("ontology"), (str(quad.predicate), str(quad.object)))

    def things(self) -> None:
        """Write actors, places and undertakings, with the labels and classes that a build derives."""
        reference, derived = node("reference"), node("derived")
        world = self.thing("places", "world", "Region", "World", ("Place",))
        for number_ in range(COUNTRIES):
            country = self.thing("places", f"c{number_}", "Country", f"Country {number_}", ("Place",))
            self.say(country, reference, (tip("partOf"), world))
            self.say(country, derived, (tip("within"), country), (tip("within"), world))
        for number_ in range(self.actors):
            self.thing("actors", f"a{number_}", "Organization", f"Actor {number_}", ("Actor",))
        for number_ in range(self.undertakings):
            self.thing("undertakings", f"u{number_}", "Project", f"Project {number_}", ("Undertaking",))

    def thing(self, table: str, name: str, cls: str, label: str, above: tuple[str, ...]) -> str:
        thing = node("reference", table, name)
        self.say(thing, node("reference"), (A, tip(cls)))
        self.say(thing, node("derived"), *((A, tip(one)) for one in (*above, "Thing")))
        self.say(thing, node("derived"), (LABEL, f'"{label}"@en'), (LABEL, f'"{label} (es)"@es'))
        return thing

    def actor(self) -> str:
        """Choose an actor by a power law."""
        return node("reference", "actors", f"a{min(int(self.random.paretovariate(0.6)) - 1, self.actors - 1)}")

    def other(self) -> str:
        return node("reference", "actors", f"a{self.random.randrange(self.actors)}")

    def undertaking(self) -> str:
        return node("reference", "undertakings", f"u{self.random.randrange(self.undertakings)}")

    def country(self) -> str:
        return node("reference", "places", f"c{self.random.randrange(COUNTRIES)}")

    def source(self, number_: int) -> None:
        name = f"doc-{number_}"
        self.say(
            node(name), node(name), (A, tip("Source")), (tip("title"), f'"Document {number_}"@en'),
            (tip("issuedBy"), '"a maker"@en'), (tip("licence"), '"CC0"'),
        )  # fmt: skip
        makers = (
            self.funding, self.partnership, self.partnership, self.participation, self.report,
            self.funding, self.partnership, self.route, self.participation, self.report,
        )  # fmt: skip
        for index in range(CLAIMS_A_SOURCE):
            cls, table, pairs = makers[index % len(makers)]()
            self.claim(name, index, cls, table, list(pairs))

    def claim(self, source: str, index: int, cls: str, table: str, pairs: list[tuple[str, str]]) -> None:
        claim, evidence, graph = node(source, table, f"r{index}"), node(source, "evidence", f"e{index}"), node(source)
        year, paragraph, sentence = self.random.randrange(1995, 2026), index // 4 + 1, index % 4 + 1
        things = [value for _, value in pairs if value.startswith(f"<{ID}")]
        self.say(
            claim, graph, (A, tip(cls)), (tip("source"), graph), (tip("evidence"), evidence),
            (tip("modality"), code("modality-stated")), (tip("review"), code("review-unreviewed")),
            (tip("date"), f'"{year}"^^<{EDTF}>'), (tip("earliest"), f'"{year}-01-01"^^<{XSD}date>'),
            (tip("latest"), f'"{year}-12-31"^^<{XSD}date>'), *pairs,
        )  # fmt: skip
        self.say(
            evidence, graph, (A, tip("Evidence")), (tip("source"), graph), (tip("paragraph"), number(paragraph)),
            (tip("sentence"), number(sentence)), (tip("start"), number(index * 100)),
            (tip("end"), number(index * 100 + 50)), (tip("digest"), f'"{index:064x}"'),
        )  # fmt: skip
        self.say(
            claim, node("derived"), (A, tip("Claim")), (tip("saidAt"), f'"{source} ¶{paragraph} s{sentence}"'),
            *((tip("mentions"), thing) for thing in dict.fromkeys(things)),
        )  # fmt: skip

    def funding(self) -> tuple[str, str, Iterator[tuple[str, str]]]:
        amount = self.random.randrange(1, 5000) * 1000
        pairs = [
            (tip("giver"), self.actor()), (tip("receiver"), self.other()), (tip("purpose"), self.undertaking()),
            (tip("moneyKind"), code("money-kind-awarded")), (tip("amount"), number(amount, "decimal")),
            (tip("currency"), '"USD"'),
        ]  # fmt: skip
        return "Funding", "funding", iter(pairs)

    def partnership(self) -> tuple[str, str, Iterator[tuple[str, str]]]:
        partners = {self.actor(), self.other(), *([self.other()] if self.random.random() < 0.3 else [])}
        pairs = [(tip("partner"), partner) for partner in sorted(partners | {self.other()})]
        pairs += [
            (tip("undertaking"), self.undertaking()),
            (tip("partnershipKind"), code("partnership-kind-joint-undertaking")),
        ]
        return "Partnership", "partnerships", iter(pairs)

    def participation(self) -> tuple[str, str, Iterator[tuple[str, str]]]:
        role = self.random.choice(("participant", "presenter", "organizer"))
        pairs = [
            (tip("participant"), self.actor()), (tip("undertaking"), self.undertaking()),
            (tip("role"), code(f"role-{role}")),
        ]  # fmt: skip
        return "Participation", "participations", iter(pairs)

    def report(self) -> tuple[str, str, Iterator[tuple[str, str]]]:
        pairs = [
            (tip("undertaking"), self.undertaking()), (tip("place"), self.country()),
            (tip("undertakingKind"), code("undertaking-kind-programme")), (tip("status"), code("status-ongoing")),
        ]  # fmt: skip
        return "UndertakingReport", "undertaking-reports", iter(pairs)

    def route(self) -> tuple[str, str, Iterator[tuple[str, str]]]:
        origin, destination = self.random.sample(range(COUNTRIES), 2)
        route, ends = node("reference", "routes", f"c{origin}-c{destination}"), (f"c{origin}", f"c{destination}")
        if route not in self.routes:
            self.routes.add(route)
            self.thing("routes", f"{ends[0]}-{ends[1]}", "Route", f"{ends[0]} to {ends[1]}", ())
        first, last = (node("reference", "places", end) for end in ends)
        pairs = [
            (tip("route"), route), (tip("origin"), first), (tip("destination"), last), (tip("endpoint"), first),
            (tip("endpoint"), last), (tip("directed"), f'"true"^^<{XSD}boolean>'),
        ]  # fmt: skip
        return "RouteReport", "route-reports", iter(pairs)


def make(size: int, path: Path, seed: int = 1) -> int:
    """Write a graph of about `size` statements as N-Quads; return how many there are."""
    with path.open("w", encoding="utf-8") as out:
        maker = Maker(size, seed, out)
        maker.write()
    return maker.written


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(f"{given.path}: {make(given.size, given.path, given.seed):,} statements")
