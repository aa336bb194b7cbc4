"""What must hold of any graph and any policy: nothing withheld survives in any written form."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.release.making import everything, write_reference, write_source
from tipgraph.pipeline import build
from tipgraph.release import FORMATS, compile_, release
from tipgraph.release.policy import Entry, Policy
from tipgraph.shapes import check

REVIEW = date(2030, 1, 1)
SYLLABLES = ("zor", "blat", "quix", "vum", "fnar", "gloop", "yest", "krum")
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)  # a project takes a second: smaller ones are not looked for
SOURCES = ("tidings-2020", "gazette-2021")


@dataclass
class World:
    """Actors with names that no other text has, money between them in amounts that no other text has, counts."""

    actors: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tables: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)
    same: list[tuple[str, str]] = field(default_factory=list)

    def write(self, data: Path) -> None:
        judgements = [
            {"id": f"j{n}", "left": left, "right": right, "verdict": "same", "judge": "t", "judged": "2021-01-01",
             "reason": "said"} for n, (left, right) in enumerate(self.same)
        ]  # fmt: skip
        write_reference(data, **({"identity": judgements} if judgements else {}))
        for name in SOURCES:
            write_source(data, name, actors=self.actors[name], **self.tables[name])


names = st.lists(st.sampled_from(SYLLABLES), min_size=3, max_size=3, unique=True).map(
    lambda parts: "".join(parts).title()
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    made, world = draw(st.lists(names, min_size=4, max_size=7, unique=True)), World()
    amounts = iter(draw(st.lists(st.integers(1_000_003, 9_999_991), min_size=12, max_size=12, unique=True)))
    for name in SOURCES:
        known = draw(st.lists(st.sampled_from(made), min_size=2, max_size=5, unique=True))
        ids = [one.casefold() for one in known]
        world.actors[name] = [{"id": one.casefold(), "type": "Organization", "label": f"{one} House"} for one in known]
        namings = [{"id": f"n-{one}", "named": one, "name": f"{one.title()} House", "nameKind": "name"} for one in ids]
        pairs = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), min_size=1, max_size=4))
        money = [
            {"id": f"f-{n}", "giver": giver, "receiver": receiver, "amount": next(amounts), "currency": "USD",
             "moneyKind": "disbursed", "date": "2019-03-04", "note": draw(st.sampled_from(["", f"told by {giver}"]))}
            for n, (giver, receiver) in enumerate(pairs) if giver != receiver
        ]  # fmt: skip
        counts = [
            {"id": f"e-{n}", "subject": place, "value": value, "hedge": "exact", "unit": "persons", "per": "year",
             "date": "2019", "population": "victims", "basis": "detected", "measure": "flow", "form": "unspecified",
             "issuer": draw(st.sampled_from(ids))}
            for n, (place, value) in enumerate(draw(st.lists(st.tuples(
                st.sampled_from(["reference/erewhon", "reference/utopia", "reference/gormenghast"]),
                st.sampled_from([3, 10, 44_444_443])), max_size=3)))
        ]  # fmt: skip
        world.tables[name] = {"namings": namings, **({"funding": money} if money else {}),
                              **({"estimates": counts} if counts else {})}  # fmt: skip
    shared = [row["id"] for row in world.actors[SOURCES[0]] if row in world.actors[SOURCES[1]]]
    world.same = [(f"{SOURCES[0]}/{one}", f"{SOURCES[1]}/{one}") for one in shared]
    return world


@st.composite
def policies(draw: st.DrawFn, world: World) -> Policy:
    every = [(name, row["id"]) for name, rows in world.actors.items() for row in rows]
    chosen = draw(st.lists(st.sampled_from(every), min_size=1, max_size=3, unique_by=lambda one: one[1]))
    entries = []
    for number, (name, row) in enumerate(chosen):
        kind = draw(st.sampled_from(["withhold", "rename"]))
        label = {"en": f"Anonymous {number}"} if kind == "rename" else {}
        entries.append(Entry(kind, row, "safety", REVIEW, f"{kind} {number}", label))
        assert name
    showing = draw(st.sampled_from([{}, {SOURCES[0]: "none"}, {SOURCES[0]: "words"}]))
    return Policy(showing, k=draw(st.sampled_from([1, 11])), entries=tuple(entries))


def unsayable(world: World, policy: Policy) -> set[str]:
    """What no form of a release may say, worked out from the tables alone."""
    gone = {entry.what for entry in policy.entries if entry.kind == "withhold"}
    renamed = {entry.what for entry in policy.entries if entry.kind == "rename"}
    said: set[str] = gone | renamed
    for name in SOURCES:
        hidden = policy.shown(name) == "none"
        for row in world.tables[name].get("funding", ()):
            if hidden or {row["giver"], row["receiver"]} & gone:
                said.add(str(row["amount"]))
        if hidden:
            said.add(name)
            elsewhere = {row["id"] for other in SOURCES if other != name for row in world.actors[other]}
            said |= {row["id"] for row in world.actors[name]} - elsewhere
    return said


def plain(text: str) -> str:
    """Small letters, and figures without the marks between their digits."""
    return text.casefold().replace(",", "").replace("\u202f", "").replace("\u00a0", "")


def holds(world: World, policy: Policy, out: Path) -> None:
    text = plain(everything(out))
    for word in unsayable(world, policy):
        assert word not in text, word


@settings(max_examples=8, phases=UNSHRUNK)
@given(st.data())
def test_nothing_withheld_is_in_the_graph_or_any_export(data: st.DataObject) -> None:
    """The graph and every export; the pages, which take longer, are in the test below and in `make storms`."""
    from tipgraph.exports import export
    from tipgraph.storage import write

    world = data.draw(worlds())
    policy = data.draw(policies(world))
    with TemporaryDirectory() as folder:
        world.write(Path(folder) / "data")
        compiled = compile_(build(Path(folder) / "data"), policy)
        out = Path(folder) / "out"
        out.mkdir()
        write(compiled.graph, out / "graph.trig")
        for suffix in FORMATS:
            export(compiled.graph, f"{out}/part{suffix}")
        holds(world, policy, out)
        report = check(compiled.graph)
        assert report.ok, report.findings


@settings(max_examples=2, phases=UNSHRUNK)
@given(st.data())
def test_nothing_withheld_is_in_a_release(data: st.DataObject) -> None:
    whole(data)


@pytest.mark.long
@settings(max_examples=60)
@given(st.data())
def test_nothing_withheld_is_in_many_releases(data: st.DataObject) -> None:
    whole(data)


def whole(data: st.DataObject) -> None:
    world = data.draw(worlds())
    policy = data.draw(policies(world))
    with TemporaryDirectory() as folder:
        world.write(Path(folder) / "data")
        graph = build(Path(folder) / "data")
        out = release(graph, Path(folder) / "out", policy).folder
        holds(world, policy, out)
