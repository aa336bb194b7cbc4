"""Whatever a graph and a policy are, an attack on the release finds nothing that the tables say it must not tell."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

import tipgraph
from tests.release.making import PLACES, SETTINGS, shared, write_reference, write_source, write_table
from tipgraph.errors import InputError
from tipgraph.graph.storage import write
from tipgraph.model import kit
from tipgraph.outputs.files import export
from tipgraph.outputs.release import FORMATS, compile_, release
from tipgraph.outputs.release.attack import SecretFigure, Secrets, attack
from tipgraph.outputs.release.policy import Policy, PolicyEntry
from tipgraph.pipeline.builder import build
from tipgraph.sources.folder import Texts

REVIEW = date(2030, 1, 1)
SOURCES = {"tidings-2020": ("2019-03-04", "utopia"), "gazette-2021": ("2018-05-07", "erewhon")}
SYLLABLES = (("Zor", "Quix", "Yest", "Drom"), ("blat", "vum", "krad", "gloop"), ("fnar", "pilk", "wesp", "tron"))
COUNTED = {1: "one girl", 3: "three girls", 7: "seven girls", 10: "ten girls"}
PEOPLE = frozenset({"persons", "victims", "girls"})
MONTHS = {"06": "June", "09": "September"}
QUERY = """#+ summary: Does {name} House give money?
#+ summary@es: ¿Da dinero {name} House?
SELECT ?claim WHERE {{ ?claim a tip:Funding ; tip:giver {giver} }}
"""
PROJECT = 'title = "Ours"\nnamespace = "https://ours.example/ns#"\nprefix = "ours"\n'

made_names = st.tuples(*map(st.sampled_from, SYLLABLES)).map("".join)  # two side by side hold no third


@dataclass
class World:
    """Tables of two sources; each name, amount, day and larger number is said of one thing only."""

    actors: dict[str, list[str]] = field(default_factory=dict)  # the words of their names, by source
    events: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)  # word, day, place
    tables: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)
    asked: str = ""  # the word that a question of the project's own names
    asked_by: str = ""  # how it names it in its pattern, if it does

    def write(self, folder: Path) -> None:
        both = [word for word in self.actors["tidings-2020"] if word in self.actors["gazette-2021"]]
        same = [{"id": f"j{n}", "left": f"tidings-2020/{word.lower()}", "right": f"gazette-2021/{word.lower()}",
                 "verdict": "same", "judge": "t", "judgeKind": "rule", "judged": "2021-01-01", "reason": "said"}
                for n, word in enumerate(both)]  # fmt: skip
        write_reference(folder / "data", PLACES, **({"identity": same} if same else {}))
        (folder / "texts").mkdir()
        for name in SOURCES:
            self._write_source(folder, name)
        if self.asked:
            (folder / "queries").mkdir()
            (folder / "tipgraph.toml").write_text(PROJECT)
            (folder / "queries" / "ours.rq").write_text(QUERY.format(name=self.asked, giver=self.asked_by or "?giver"))

    def _write_source(self, folder: Path, name: str) -> None:
        actors = [{"id": word.lower(), "type": "Organization", "label": f"{word} House"} for word in self.actors[name]]
        things = {"actors": actors}
        if self.events[name]:
            things["undertakings"] = [
                {"id": event_id(word, day), "type": "Undertaking", "label": event_label(word, day, place)}
                for word, day, place in self.events[name]
            ]
        write_source(folder / "data", name, **things, **self.tables[name])
        sentences = self.sentences(name)
        text = "\n\n".join(sentences.values()) + "\n"
        (folder / "texts" / f"{name}.txt").write_text(text)
        settings = SETTINGS.format(title=f"What {name} tells", name=name, digest=digest(text))
        (folder / "data" / name / "source.toml").write_text(settings)
        write_table(folder / "data" / name / "evidence.csv", [
            {"id": span, "paragraph": n, "sentence": 1, "start": text.index(said), "end": text.index(said) + len(said),
             "digest": digest(said)} for n, (span, said) in enumerate(sentences.items(), 1)
        ])  # fmt: skip

    def sentences(self, name: str) -> dict[str, str]:
        """Return the sentence of each piece of evidence: all that its claims say."""
        said: dict[str, list[str]] = {}
        for table, rows in self.tables[name].items():
            for row in rows:
                values = (str(value) for key, value in row.items() if key not in ("id", "evidence"))
                said.setdefault(row["evidence"], []).append(f"{table} {row['id']} has {', '.join(values)}")
        return {
            span: f"Of {span} in {name} it is said that {' and that '.join(parts)}." for span, parts in said.items()
        }


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def event_id(word: str, day: str) -> str:
    return f"{word.lower()}-{day.replace('-', '')}"


def event_label(word: str, day: str, place: str) -> str:
    year, month, number = day.split("-")
    return f"Seminar {word} in {place.title()}, {int(number)} {MONTHS[month]} {year}"


@st.composite
def worlds(draw: st.DrawFn) -> World:
    words = draw(st.lists(made_names, min_size=8, max_size=8, unique=True))
    amounts = iter(draw(st.lists(st.integers(1_000_003, 9_999_991), min_size=12, max_size=12, unique=True)))
    days = iter(("2025-06-11", "2023-09-17", "2021-06-23", "2016-09-28"))
    world, events = World(), iter(words[5:])
    for name, (paid, country) in SOURCES.items():
        known = draw(st.lists(st.sampled_from(words[:5]), min_size=2, max_size=4, unique=True))
        world.actors[name] = known
        places = draw(st.lists(st.sampled_from(["gormenghast", "utopia"]), max_size=1))
        world.events[name] = [(next(events), next(days), place) for place in places]
        ids = [word.lower() for word in known]
        tables: dict[str, list[dict[str, Any]]] = {
            "namings": [row for word in ids for row in (
                {"id": f"n-{word}", "named": word, "name": f"{word.title()} House", "nameKind": "name"},
                {"id": f"w-{word}", "named": word, "name": f"{word}shelter.example", "nameKind": "title"},
            )],
            "funding": [
                {"id": f"f-{n}", "giver": pair[0], "receiver": pair[1], "amount": next(amounts), "currency": "USD",
                 "moneyKind": "disbursed", "date": paid, "note": draw(st.sampled_from(["", f"told by {pair[0]}"]))}
                for n, pair in enumerate(draw(st.lists(st.permutations(ids), min_size=1, max_size=3)), 1)
            ],
            "undertaking-reports": [
                {"id": f"u-{n}", "undertaking": event_id(word, day), "undertakingKind": "seminar", "date": day,
                 "place": f"reference/{place}"} for n, (word, day, place) in enumerate(world.events[name], 1)
            ],
            "participations": [
                {"id": f"p-{n}", "participant": draw(st.sampled_from(ids)), "undertaking": event_id(word, day),
                 "role": "organizer"} for n, (word, day, _) in enumerate(world.events[name], 1)
            ],
            "estimates": draw(counts(country, ids)),
        }  # fmt: skip
        world.tables[name] = {table: rows for table, rows in tables.items() if rows}
        numbered = [row for rows in world.tables[name].values() for row in rows]
        evidence = ""
        for n, row in enumerate(numbered, 1):  # some share that of the row before
            evidence = evidence if evidence and draw(st.integers(0, 4)) == 0 else f"s{n}"
            row["evidence"] = evidence
    world.asked = draw(st.sampled_from(["", "", world.actors["gazette-2021"][0]]))
    return world


@st.composite
def counts(draw: st.DrawFn, country: str, ids: list[str]) -> list[dict[str, Any]]:
    """Return women and men and, in some, both together."""
    basis = draw(st.sampled_from(["detected", "not-stated"]))
    women, men = draw(st.sampled_from([1, 3, 7, 10, 41, 57])), draw(st.sampled_from([1, 3, 7, 10, 63, 89]))
    cells = {"female": women, "male": men, "": women + men}
    shown = draw(st.sampled_from([("female", "male", ""), ("female", ""), ("female", "male"), ()]))
    return [
        {"id": f"e-{sex or 'all'}", "subject": f"reference/{country}", "value": cells[sex], "hedge": "exact",
         "unit": "persons", "per": "year", "date": "2019", "population": "victims", "basis": basis, "measure": "flow",
         "form": "unspecified", "sex": sex, "issuer": draw(st.sampled_from(ids)),
         "note": f"in words, {COUNTED[cells[sex]]}" if cells[sex] in COUNTED and draw(st.booleans()) else ""}
        for sex in shown
    ]  # fmt: skip


@st.composite
def policies(draw: st.DrawFn, world: World) -> Policy:
    words = sorted({word for known in world.actors.values() for word in known})
    entries = [
        PolicyEntry(kind, word.lower(), "safety", REVIEW, kind, {"en": f"Anonymous {n}"} if kind == "rename" else {})
        for n, word in enumerate(draw(st.lists(st.sampled_from(words), max_size=2, unique=True)))
        for kind in [draw(st.sampled_from(["withhold", "rename"]))]
    ]  # fmt: skip
    for word, day, _ in [event for events in world.events.values() for event in events]:
        kind = draw(st.sampled_from(["", "withhold", "coarsen"]))
        if kind:
            entries.append(
                PolicyEntry(kind, event_id(word, day), "safety", REVIEW, kind, dates="year" * (kind == "coarsen"))
            )
    if draw(st.integers(0, 3)) == 0 or not entries:
        entries.append(PolicyEntry("coarsen", "gormenghast", "safety", REVIEW, "place", place="country"))
    showing = draw(st.sampled_from([{}, {"tidings-2020": "none"}, dict.fromkeys(SOURCES, "words")]))
    return Policy(showing, k=draw(st.sampled_from([1, 11])), entries=tuple(entries))


class Told:
    """What must not be told of a world under a policy, worked out from its tables and from nothing else."""

    def __init__(self, world: World, policy: Policy) -> None:
        self.world, self.policy = world, policy
        kinds = {entry.what: entry.kind for entry in policy.entries}
        self.hidden = {name for name in SOURCES if policy.shown(name) == "none"}
        self.gone = {what for what, kind in kinds.items() if kind == "withhold"}
        self.renamed = {what for what, kind in kinds.items() if kind == "rename"}
        self.coarse = {what for what, kind in kinds.items() if kind == "coarsen"}

    def withheld(self, name: str, table: str, row: dict[str, Any]) -> bool:
        """Tell whether a claim goes: with its source, with what it speaks of, as a small count or one of a part."""
        if name in self.hidden or self.gone & set(map(str, row.values())):
            return True
        if table == "estimates":
            return 0 < row["value"] < self.policy.k or (
                "gormenghast" in self.coarse and row["subject"].endswith("gormenghast")
            )
        return table == "namings" and row["named"] in self.renamed

    def changed(self, row: dict[str, Any]) -> bool:
        """Tell whether a claim that stays says less."""
        values = {str(value).removeprefix("reference/") for value in row.values()}
        return bool(values & (self.renamed | self.coarse))

    def rows(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for name, tables in self.world.tables.items():
            yield from ((name, table, row) for table, rows in tables.items() for row in rows)

    def closed(self) -> set[str]:
        touched = {name for name, table, row in self.rows() if self.withheld(name, table, row) or self.changed(row)}
        return touched | self.hidden

    def words(self) -> set[str]:
        """Return the names that are told no longer, of what is withheld or renamed, or known to hidden sources only."""
        shown = {word for name in SOURCES if name not in self.hidden for word in self.world.actors[name]}
        every = {word for words in self.world.actors.values() for word in words}
        actors = {word for word in every if word not in shown or word.lower() in self.gone | self.renamed}
        return actors | {word for word, day, _ in self.lost_events(self.gone)}

    def lost_events(self, among: set[str]) -> list[tuple[str, str, str]]:
        return [event for name, events in self.world.events.items() for event in events
                if name in self.hidden or event_id(*event[:2]) in among]  # fmt: skip

    def figures(self) -> Iterator[SecretFigure]:
        for name, table, row in self.rows():
            if not self.withheld(name, table, row):
                continue
            if table == "estimates":
                place = row["subject"].removeprefix("reference/")
                if any(
                    other["value"] == row["value"] and not self.withheld(name, table, other)
                    for other in self.world.tables[name][table]
                ):
                    continue  # of the others it is told by right
                yield SecretFigure(
                    Decimal(row["value"]), frozenset({place.title(), f"reference/places/{place}"}), PEOPLE
                )
            if table == "funding":
                ends = [row["giver"], row["receiver"]]
                things = {f"{end.title()} House" for end in ends}
                things |= {f"{source}/actors/{end}" for source in SOURCES for end in ends}
                yield SecretFigure(Decimal(row["amount"]), frozenset(things), frozenset({"USD"}))

    def secrets(self) -> Secrets:
        words, closed = self.words(), self.closed()
        place = {"Gormenghast"} if "gormenghast" in self.coarse else set()
        spans = {name: self.world.sentences(name) for name in SOURCES}
        lost = {(name, row["evidence"]) for name, table, row in self.rows()
                if self.withheld(name, table, row) or self.changed(row)}  # fmt: skip
        days = {day for _, day, _ in self.lost_events(self.gone | self.coarse)}
        days |= {SOURCES[name][0] for name in self.hidden}
        return Secrets(
            names=frozenset(words | {f"{word} House" for word in words} | place),
            texts=frozenset(
                {spans[name][span] for name, span in lost} | {f"What {name} tells" for name in self.hidden}
            ),
            ids=frozenset({f"{name}/actors/{word.lower()}" for name in SOURCES for word in words} | self.hidden),
            days=frozenset(days | {day[:7] for day in days}),
            figures=tuple(self.figures()),
            digests=frozenset(
                {digest(said) for name in closed for said in spans[name].values()}
                | {digest("\n\n".join(spans[name].values()) + "\n") for name in closed}
            ),
            closed=frozenset(closed),
        )

    def determined(self, shown: dict[tuple[str, str], int]) -> Iterator[str]:
        """Yield the small counts that only one value fits, when women and men together are both: by trying all.

        Whoever tries knows that of the counts that are not shown one is small, and none is zero.
        """
        for name, tables in self.world.tables.items():
            rows = {row["sex"]: row for row in tables.get("estimates", ())}
            if len(rows) == 3 and name not in self.hidden:
                place = rows[""]["subject"].removeprefix("reference/")
                known = {sex: shown.get((place, sex)) for sex in rows}
                every = [dict(zip(("female", "male", ""), (women, men, women + men), strict=True))
                         for women, men in product(range(1, 99), repeat=2)]  # fmt: skip
                fitting = [
                    cells for cells in every if all(known[sex] in (None, cells[sex]) for sex in cells)
                    and any(known[sex] is None and cells[sex] < self.policy.k for sex in cells)
                ]  # fmt: skip
                small = [sex for sex in rows if known[sex] is None and rows[sex]["value"] < self.policy.k]
                for sex in small:
                    if len({cells[sex] for cells in fitting}) < 2:
                        yield f"{name}: of {place}, {sex or 'both'} can be but {fitting[0][sex]}"


def shown_counts(graph: Path) -> dict[tuple[str, str], int]:
    """Return the numbers of people that a release shows, by place and sex."""
    told: dict[str, dict[str, str]] = {}
    for quad in parse(graph.read_bytes(), format=RdfFormat.TRIG):
        predicate = getattr(quad.predicate, "value", "").rpartition("#")[2]
        if predicate in ("value", "subject", "sex"):
            told.setdefault(str(quad.subject), {})[predicate] = getattr(quad.object, "value", "")
    counts: dict[tuple[str, str], int] = {}
    for row in told.values():
        if {"value", "subject"} <= row.keys():
            sex = row.get("sex", "").rpartition("#")[2].removeprefix("sex-")
            counts[row["subject"].rpartition("/")[2], sex] = int(float(row["value"]))
    return counts


@cache
def scripts_of_the_kit() -> frozenset[str]:
    web = Path(tipgraph.__file__).parent / "outputs" / "site" / "web"
    return frozenset(sha256(path.read_bytes()).hexdigest() for path in web.rglob("*") if path.is_file())


@contextmanager
def at_home(folder: Path) -> Iterator[None]:
    """Work with the project of a folder, where it is one."""
    if (folder / "tipgraph.toml").is_file():
        os.environ["TIPGRAPH_PROJECT"] = str(folder)
    kit.forget()
    try:
        yield
    finally:
        os.environ.pop("TIPGRAPH_PROJECT", None)
        kit.forget()


def write_release(folder: Path, out: Path, policy: Policy, *, pages: bool, formats: Iterable[str] = FORMATS) -> None:
    """Write a release; without its pages, which take most of the time, only graph and exports."""
    graph, texts = build(folder / "data"), Texts(folder / "texts")
    if pages:
        release(graph, out, policy, texts=texts)
        return
    compiled = compile_(graph, policy, texts)
    (out / "exports").mkdir(parents=True)
    write(compiled.graph, out / "graph.trig")
    for suffix in formats:
        export(compiled.graph, f"{out}/exports/tipgraph{suffix}")


def refuses(folder: Path, policy: Policy) -> bool:
    """Return whether the release is refused because a question of the project names a withheld thing."""
    try:
        compile_(build(folder / "data"), policy, Texts(folder / "texts"))
    except InputError as error:
        return "ours.rq:1: has" in str(error)
    return False


def withstands(data: st.DataObject, *, pages: bool) -> None:
    world = data.draw(worlds())
    policy = data.draw(policies(world))
    told = Told(world, policy)
    with TemporaryDirectory() as place:
        folder = Path(place)
        world.write(folder)
        with at_home(folder):
            if world.asked:
                refused = refuses(folder, policy)
                assert refused or world.asked not in told.words()
                if refused:
                    (folder / "queries" / "ours.rq").unlink()
            write_release(folder, folder / "one", policy, pages=pages)
            write_release(folder, folder / "two", policy, pages=False, formats=[".nq"])
        secrets = told.secrets()
        leaks = list(map(str, attack(folder / "one", secrets, scripts_of_the_kit())))
        leaks += map(str, shared(folder / "one", folder / "two", secrets))
        leaks += told.determined(shown_counts(folder / "one" / "graph.trig"))
        assert not leaks, "\n".join(sorted(set(leaks)))


# What fails here is a leak, and small as it is; to make it smaller takes minutes.
common: dict[str, Any] = {
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],
    "print_blob": True,
}


@settings(max_examples=8, **common)
@given(st.data())
def test_an_attack_on_a_graph_and_its_exports_finds_nothing(data: st.DataObject) -> None:
    withstands(data, pages=False)


@settings(max_examples=1, **common)
@given(st.data())
def test_an_attack_on_a_release_finds_nothing(data: st.DataObject) -> None:
    withstands(data, pages=True)


@pytest.mark.long
@settings(max_examples=300, **common)
@given(st.data())
def test_attacks_on_many_releases_find_nothing(data: st.DataObject) -> None:
    withstands(data, pages=data.draw(st.integers(0, 9)) == 0)


@settings(max_examples=3, **common)
@given(worlds())
def test_a_graph_that_is_not_released_is_full_of_leaks(world: World) -> None:
    """The control: what the tables say must not be told is found where nothing was withheld."""
    entries = tuple(
        PolicyEntry("withhold", word.lower(), "safety", REVIEW, "x") for word in world.actors["tidings-2020"]
    )
    told = Told(world, Policy({}, k=11, entries=entries))
    with TemporaryDirectory() as place:
        world.write(Path(place))
        with at_home(Path(place)):
            graph = build(Path(place) / "data")
        out = Path(place) / "out"
        out.mkdir()
        write(graph, out / "graph.trig")
        leaks = [leak.what for leak in attack(out, told.secrets())]
        for figure in told.figures():
            assert any(f"the figure {figure.value}" in leak for leak in leaks), (figure, leaks)
        for word in told.words():
            assert any(word in leak for leak in leaks), (word, leaks)
        assert any("paragraph of tidings-2020" in leak for leak in leaks)
        assert any("a digest of the graph" in leak for leak in leaks)


def one_small_count(*sexes: str) -> World:
    """Return a world in which three women and sixty-three men make sixty-six, of which these are told."""
    world, cells = World(), {"female": 3, "male": 63, "": 66}
    for name in SOURCES:
        world.actors[name], world.events[name] = ["Zorblatquix", "Vumfnargloop"], []
        world.tables[name] = {"namings": [{"id": "n-1", "named": "zorblatquix", "name": "Zorblatquix House",
                                           "nameKind": "name", "evidence": "s1"}]}  # fmt: skip
    world.tables["gazette-2021"]["estimates"] = [
        {"id": f"e-{sex or 'all'}", "subject": "reference/erewhon", "value": cells[sex], "hedge": "exact",
         "unit": "persons", "per": "year", "date": "2019", "population": "victims", "basis": "detected",
         "measure": "flow", "form": "unspecified", "sex": sex, "issuer": "zorblatquix", "evidence": f"s{n}"}
        for n, sex in enumerate(sexes, 2)
    ]  # fmt: skip
    return world


def test_a_count_that_can_be_worked_out_is_told() -> None:
    """The control of the subtraction: what is left of a sum is found, and what may be several numbers is not."""
    told = Told(one_small_count("female", "male", ""), Policy({}, k=11))
    assert list(told.determined({("erewhon", ""): 66, ("erewhon", "male"): 63}))
    assert not list(told.determined({("erewhon", ""): 66}))
    assert not list(told.determined({("erewhon", "male"): 63}))


def test_a_question_of_ones_own_that_names_by_its_id_who_stays_says_so(tmp_path: Path) -> None:
    """Things of a closed source get new ids, and files of a project keep the old ones."""
    world = one_small_count("female")
    world.asked, world.asked_by = "Zorblatquix", "<https://w3id.org/tipgraph/id/gazette-2021/actors/zorblatquix>"
    world.write(tmp_path)
    with at_home(tmp_path), pytest.raises(InputError, match=r"ours\.rq:\d: has the id of a row .* ask by a name"):
        write_release(tmp_path, tmp_path / "out", Policy({}, k=11), pages=False)
