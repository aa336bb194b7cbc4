"""What a policy does to a graph, on the small kit; and one release of the real kit, read by many tests."""

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode

from tests.conftest import column
from tests.release.making import SETTINGS, everything, write_reference, write_source, write_table
from tipgraph import tip
from tipgraph.cli import main
from tipgraph.errors import CallError, InputError
from tipgraph.graph import lookup
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import load, write
from tipgraph.model import DATA, Statement, data_iri
from tipgraph.model import kit as program
from tipgraph.outputs.release import Compiled, LeakFound, Released, compile_, read_policy, release, verify
from tipgraph.outputs.release.closure import PERSONAL
from tipgraph.outputs.release.policy import Policy, PolicyEntry
from tipgraph.pipeline import shacl
from tipgraph.pipeline.builder import build
from tipgraph.sources.evidence.spans import digest
from tipgraph.sources.folder import Texts

KIT = Path(__file__).parent.parent / "kit"
TODAY = date(2026, 12, 1)
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ENTRY = '[[{}]]\nwhat = "{}"\n{}\nreason = "safety"\nreview = 2027-06-01\n'
CLARA = ENTRY.format("withhold", "casa-clara", 'because = "the house was threatened"')
DONOR = ENTRY.format("rename", "lantern-fund", 'to = "Anonymous donor"\n"to@es" = "Donante anónimo"')
YEAR = ENTRY.format("coarsen", "lima-seminars", 'dates = "year"')
WORDS = '[sources]\ndefault = "words"\n'
MIXED = f"""
[sources]
default = "locators"
state-tip-2024 = "words"
mcclatchy-2005 = "none"
[counts]
k = 100
{ENTRY.format("withhold", "depaul-university", 'because = "a shelter was threatened"')}
[[withhold]]
what = "oas-cim-2005/funding/p13-1"
reason = "agreement"
review = 2026-11-01
{ENTRY.format("rename", "usaid", 'to = "Anonymous donor"')}
{ENTRY.format("coarsen", "place:belize-city", 'place = "country"')}
{ENTRY.format("coarsen", "caribbean-seminars", 'dates = "year"')}
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Policy]:
    def write(text: str) -> Policy:
        path = tmp_path_factory.mktemp("policy") / "policy.toml"
        path.write_text(text, "utf-8")
        return read_policy(path)

    return write


@pytest.fixture(scope="module")
def small() -> Graph:
    return build(KIT / "data")


@pytest.fixture(scope="module")
def compiled(small: Graph, written: Callable[[str], Policy]) -> Callable[[str], Compiled]:
    return lambda text: compile_(small, written(text), Texts(KIT / "texts"), TODAY)


@pytest.fixture(scope="module")
def kit(graph: Graph, written: Callable[[str], Policy], tmp_path_factory: pytest.TempPathFactory) -> Released:
    """One release of the real kit, in every format, with an entry of each kind."""
    folder = tmp_path_factory.mktemp("kit") / "out"
    return release(graph, folder, written(MIXED), recipes=[("partner-funding", "iom")], today=TODAY)


@pytest.fixture(scope="module")
def said(kit: Released) -> str:
    """All that the files of the kit's release say, in small letters."""
    return everything(kit.folder).casefold()


def literals(graph: Graph) -> Iterable[str]:
    return [quad.object.value for quad in graph.quads() if isinstance(quad.object, Literal)]


@pytest.mark.long
@pytest.mark.parametrize("policy", [
    ENTRY.format("withhold", "usaid", ""), ENTRY.format("coarsen", "place:la-paz", 'place = "country"'),
    '[sources]\noas-cim-2004 = "none"\n', ENTRY.format("coarsen", "caribbean-seminars", 'dates = "year"'),
    "[counts]\nk = 11\n",
], ids=["an actor", "a place", "a source", "a date", "k"])  # fmt: skip
def test_the_kit_is_released_under_policies_of_each_kind(
    written: Callable[[str], Policy], tmp_path: Path, policy: str, shared_texts: Path
) -> None:
    """With all texts at hand, shown with words, and a table of counts beside: the leak test finds nothing."""
    data = shutil.copytree(program.folder("data"), tmp_path / "data")
    counts = {"unit": "persons", "per": "year", "date": "2019", "population": "victims", "basis": "detected",
              "measure": "flow", "form": "unspecified", "hedge": "exact", "subject": "reference/japan"}  # fmt: skip
    rows = [("women", 30, "female"), ("men", 4, "male"), ("all", 34, "")]
    write_source(data, "police-2020", estimates=[{"id": one, "value": n, "sex": sex, **counts} for one, n, sex in rows])
    words = policy if "[sources]" in policy else WORDS + policy
    made = release(build(data), tmp_path / "out", written(words.replace("[sources]\noas", WORDS + "oas")),
                   texts=Texts(shared_texts), today=TODAY)  # fmt: skip
    assert len(made.compiled.secrets)
    assert shacl.check(made.compiled.graph).ok


@pytest.mark.parametrize("what", [
    "DePaul", "IHRLI", "Universidad DePaul", "shelter was threatened", "mcclatchy", "USAID", "Belize City",
    "Agency for International Development", "exact 79",
])  # fmt: skip
def test_what_is_withheld_is_nowhere(said: str, what: str) -> None:
    word = re.escape(what.casefold())
    assert not re.search(rf"{word}(?<![a-z0-9+/]{word})", said)  # not by chance in what is packed; fast: word first


def test_a_release_has_every_format_and_is_sound(kit: Released) -> None:
    assert {"graph.trig", "release.json", "README.md", "site/index.html", "exports/tipgraph.xlsx"} <= set(kit.files)
    report = shacl.check(load(kit.folder / "graph.trig"))
    assert report.ok, report.summary


def test_the_rest_stays(kit: Released, graph: Graph) -> None:
    before, after = (len(list(one.named("claim-list"))) for one in (graph, kit.compiled.graph))
    assert after > 0.8 * before
    assert lookup.resolve(kit.compiled.graph, "place:japan")


def test_who_judged_is_not_told(kit: Released, graph: Graph) -> None:
    query = "SELECT DISTINCT ?judge WHERE { ?node tip:judge ?judge }"
    assert column(graph, query)
    assert column(kit.compiled.graph, query) == ["the editors"]


def test_the_note_counts_and_tells_neither_what_nor_why(kit: Released) -> None:
    note = json.loads((kit.folder / "release.json").read_text("utf-8"))
    assert note["withheld"]["count of people"] > 0
    assert note["withheld"]["source"] == 1
    assert all(isinstance(count, int) for count in note["withheld"].values())
    assert note["smallest count of people"] == 100
    text = (kit.folder / "README.md").read_text("utf-8")
    assert f"| claim | {note['withheld']['claim']} |" in text
    assert "small" not in text.replace("small count", "")


def test_of_a_closed_source_no_place_no_digest_and_no_id_is_told(kit: Released) -> None:
    secrets, graph = kit.compiled.secrets, kit.compiled.graph
    assert "oas-cim-2005" in secrets.closed
    for quad in graph.quads():
        if str(quad.graph_name).strip("<>").removeprefix(DATA) in secrets.closed:
            assert quad.predicate.value not in {tip.paragraph, tip.sentence, tip.start, tip.end, tip.digest, tip.sha256}
    ids = {quad.subject.value.removeprefix(DATA) for quad in graph.quads() if isinstance(quad.subject, NamedNode)}
    rows = {one for one in ids if one.startswith("oas-cim-2005/")}
    assert rows
    assert all(re.fullmatch(r"oas-cim-2005/[a-z-]+/r-[0-9a-f]{12}", one) for one in rows)


def test_of_an_open_source_paragraphs_are_told_and_digests_only_beside_words(kit: Released) -> None:
    graph, closed = kit.compiled.graph, kit.compiled.secrets.closed
    assert {"state-tip-2022", "state-tip-2024"}.isdisjoint(closed)
    query = "SELECT DISTINCT ?source WHERE {{ ?node tip:source ?source ; {} ?any }}"
    assert data_iri("state-tip-2022").value in column(graph, query.format("tip:paragraph"))
    assert not column(graph, query.format("tip:digest"))  # no text is at hand, so that no words are shown
    assert not column(graph, "SELECT ?source WHERE { ?source tip:sha256 ?any }")


def test_two_releases_share_no_ids_of_what_is_closed(small: Graph, compiled: Callable[[str], Compiled]) -> None:
    ids = [{node.value for quad in compiled(CLARA).graph.quads() for node in (quad.subject, quad.object)
            if isinstance(node, NamedNode) and "/harbour-2020/" in node.value} for _ in range(2)]  # fmt: skip
    assert not ids[0] & ids[1]
    assert not ids[0] & {str(quad.subject.value) for quad in small.quads() if isinstance(quad.subject, NamedNode)}


def test_a_renamed_actor_keeps_its_ties_and_nothing_else(kit: Released) -> None:
    left = kit.compiled.graph
    donor = lookup.resolve(left, "Anonymous donor")
    assert donor.value.startswith(f"{DATA}released/actors/r-")
    claims = column(left, f"SELECT ?claim WHERE {{ ?claim tip:giver <{donor.value}> }}")
    assert len(claims) == 2  # of four: one is withheld, and one is on the project of what is withheld
    for citations in left.cite(map(NamedNode, claims)).values():
        assert {one.absent for one in citations} == {"withheld"}


def test_a_coarser_date_is_a_year_in_data_and_in_words(kit: Released, graph: Graph) -> None:
    left = kit.compiled.graph
    (label,) = left.labels([lookup.resolve(graph, "caribbean-seminars")]).values() or ("",)
    assert label == ""  # its id is another one
    seminars = lookup.resolve(left, graph.labels([lookup.resolve(graph, "caribbean-seminars")]).popitem()[1])
    dates = column(left, f"SELECT DISTINCT ?date WHERE {{ ?claim tip:mentions <{seminars.value}> ; tip:date ?date }}")
    assert dates
    assert all(len(part) == 4 for day in dates for part in day.split("/"))


def test_what_could_be_recognized_is_listed(kit: Released) -> None:
    doubts = {doubt.what: doubt.why for doubt in kit.compiled.doubts}
    assert "no other actor here has its ties" in doubts["usaid"]
    assert "its claims have no place" in doubts["oas-cim-2005"]
    assert [entry.where for entry in kit.compiled.due] == ["withhold 2"]


def test_quotes_are_of_open_sources_shown_with_words(
    graph: Graph, written: Callable[[str], Policy], shared_texts: Path
) -> None:
    """With the texts of the kit at hand; a source with words has places without them, where something is withheld."""
    left = compile_(graph, written(MIXED.replace('"locators"', '"words"')), Texts(shared_texts), TODAY)
    quoted: dict[str, set[bool]] = {}
    for citations in left.graph.cite([row["claim"] for row in left.graph.named("claim-list")]).values():
        for one in citations:
            words = left.texts.quote(one.file, one.start, one.end, one.digest, one.form)
            quoted.setdefault(one.source, set()).add(words is not None)
    assert quoted["oas-cim-2005"] == {False}
    assert True in quoted["state-tip-2024"]


def test_words_are_quoted_where_nothing_is_withheld_and_else_nowhere(compiled: Callable[[str], Compiled]) -> None:
    """R1: a withheld claim and one that stays share a piece of evidence, and a text tells more than what is claimed."""
    for policy, quotes in (
        (WORDS, True),
        (WORDS + CLARA, False),
        (WORDS + YEAR, False),
        (WORDS + "[counts]\nk=41", False),
    ):
        left = compiled(policy)
        cited = left.graph.cite([row["claim"] for row in left.graph.named("claim-list")])
        found = [left.texts.quote(one.file, one.start, one.end, one.digest, one.form)
                 for citations in cited.values() for one in citations]  # fmt: skip
        assert any(found) is quotes, policy
        assert bool(column(left.graph, "SELECT ?node WHERE { ?node tip:digest|tip:sha256 ?any }")) is quotes, policy


def test_a_source_with_the_same_text_is_closed_too(tmp_path: Path) -> None:
    write_reference(tmp_path)
    for name in ("tidings-2020", "copy-2020"):
        actors = [{"id": f"relief-{name[:4]}", "type": "Organization", "label": f"Relief {name[:4]}"}]
        namings = [{"id": "n1", "named": f"relief-{name[:4]}", "name": f"Relief {name[:4]}", "nameKind": "name"}]
        write_source(tmp_path, name, actors=actors, namings=namings)
    settings = (tmp_path / "tidings-2020" / "source.toml").read_text("utf-8")
    (tmp_path / "copy-2020" / "source.toml").write_text(settings, "utf-8")
    policy = Policy(entries=_entries(ENTRY.format("withhold", "relief-tidi", ""), tmp_path))
    assert compile_(build(tmp_path), policy).secrets.closed >= {"tidings-2020", "copy-2020"}


def _entries(text: str, folder: Path) -> tuple[PolicyEntry, ...]:
    (folder / "policy.toml").write_text(text, "utf-8")
    return read_policy(folder / "policy.toml").entries


def test_words_on_a_count_that_goes_go_too(tmp_path: Path) -> None:
    """R6: a count that the source itself suppressed stood in a label; R4: of a basis that is not stated."""
    write_reference(tmp_path)
    counts = {"unit": "persons", "per": "year", "population": "victims", "basis": "not-stated", "measure": "flow",
              "form": "unspecified", "date": "2019"}  # fmt: skip
    write_source(
        tmp_path, "tidings-2020",
        undertakings=[{"id": "rescue", "type": "Event", "label": "Rescue of one boy in Gormenghast"}],
        routes=[{"id": "road", "type": "Route", "label": "Three girls to Utopia"}],
        estimates=[
            {"id": "e1", "subject": "rescue", "value": "", "hedge": "suppressed", **counts},
            {"id": "e2", "subject": "road", "value": 3, "hedge": "exact", "note": "three of them", **counts},
        ],
        **{"undertaking-reports": [{"id": "u1", "undertaking": "rescue", "status": "held", "note": "one boy"}],
           "route-reports": [{"id": "r1", "route": "road", "origin": "reference/erewhon",
                              "destination": "reference/utopia", "directed": "true", "form": "unspecified"}]},
    )  # fmt: skip
    left = compile_(build(tmp_path), Policy())
    told = " | ".join(literals(left.graph)).casefold()
    assert "rescue of one boy" not in told
    assert "three girls" not in told
    assert "three of them" not in told
    assert left.counts["count of people", "a small count, or part of a table with one"] == 1
    assert shacl.check(left.graph).ok


def test_words_with_a_figure_that_goes_go_too(tmp_path: Path) -> None:
    write_reference(tmp_path)
    actors = [{"id": one, "type": "Organization", "label": f"{one.title()} House"} for one in ("quixvum", "gloopyest")]
    money = {"giver": "quixvum", "receiver": "gloopyest", "currency": "USD", "moneyKind": "disbursed"}
    counts = {"unit": "persons", "per": "year", "population": "victims", "basis": "detected", "measure": "flow",
              "form": "unspecified", "date": "2019", "subject": "reference/erewhon", "hedge": "exact"}  # fmt: skip
    write_source(
        tmp_path, "tidings-2020", actors=actors,
        undertakings=[{"id": "rescue", "type": "Event", "label": "Rescue of seven men at the quarry"},
                      {"id": "night", "type": "Event", "label": "Night school"}],
        funding=[{"id": "f1", "amount": 47_350, **money},
                 {"id": "f2", "amount": 9_000, "note": "less than the 47 350 of March", **money}],
        estimates=[{"id": "e1", "value": 7, "sex": "male", **counts}, {"id": "e2", "value": 63, "sex": "", **counts}],
        **{"undertaking-reports": [
            {"id": f"u-{one}", "undertaking": one, "status": "held", "place": "reference/erewhon",
             "note": "paid with USD 47,350" if one == "night" else ""} for one in ("rescue", "night")],
           "participations": [{"id": "p1", "participant": "quixvum", "undertaking": "night", "role": "organizer",
                               "note": "a gift of 47350 dollars"}]},
    )  # fmt: skip
    withheld = ENTRY.format("withhold", "tidings-2020/funding/f1", 'because = "promised"')
    left = compile_(build(tmp_path), Policy(entries=_entries(withheld, tmp_path)))
    told = " | ".join(literals(left.graph))
    assert not re.search(r"47.?350|seven", told)
    assert "9000" in told
    assert "Night school" in told
    assert shacl.check(left.graph).ok


def test_judgements_tell_no_number_no_day_and_no_thing_that_only_has_a_name(tmp_path: Path) -> None:
    judgements = [
        {"id": f"j{n}", "left": f"tidings-2020/{thing}", "right": f"gazette-2021/{thing}", "verdict": "same",
         "judge": "us", "judgeKind": "rule", "judged": "2022-01-01", "reason": f"both {when}"}
        for n, (thing, when) in enumerate([("seminar", "on 14 May 2019"), ("quixvum", "in Erewhon")], 1)
    ]  # fmt: skip
    write_reference(tmp_path, identity=judgements)
    for name in ("tidings-2020", "gazette-2021"):
        write_source(
            tmp_path, name,
            actors=[{"id": "quixvum", "type": "Organization", "label": "Quixvum House"}],
            places=[{"id": "quarry", "type": "Area", "label": "El Quarry"}],
            undertakings=[{"id": "seminar", "type": "Event", "label": "Seminar"}],
            namings=[{"id": "n1", "named": "quarry", "name": "El Quarry", "nameKind": "name"}],
            affiliations=[{"id": "a1", "affiliate": "quixvum", "affiliationKind": "based-in", "place": "quarry"}],
            **{"undertaking-reports": [
                {"id": "u1", "undertaking": "seminar", "status": "held", "date": "2019-05-14"}],
               "participations": [
                {"id": "p1", "participant": "quixvum", "undertaking": "seminar", "role": "organizer"}]},
        )  # fmt: skip
    entries = ENTRY.format("coarsen", "tidings-2020/undertakings/seminar", 'dates = "year"') + "".join(
        ENTRY.format("withhold", f"{name}/affiliations/a1", "") for name in ("tidings-2020", "gazette-2021")
    )
    left = compile_(build(tmp_path), Policy(entries=_entries(entries, tmp_path)))
    told = " | ".join(str(term) for quad in left.graph.quads() for term in quad)
    assert "both in Erewhon" in told
    assert "both on 2019" in told
    assert not re.search("identity/j[12]|14 May|Quarry", told)


@pytest.mark.parametrize("text", [
    "harbour.example/casaclara", "the CasaClaraHouse", "casa-clara", "write to CASA CLARA", "x.org/Casa%20Clara",
])  # fmt: skip
def test_joined_names_go_from_notes_and_addresses(small: Graph, written: Callable[[str], Policy], text: str) -> None:
    """R5: a name in one word, in small letters, in an address."""
    claim = next(iter(small.named("claim-list")))["claim"]
    told = Statement(claim, NamedNode(tip.note), Literal(text, language="en"), data_iri("harbour-2020"))
    left = compile_(Graph([*(Statement(*quad) for quad in small.quads()), told]), written(CLARA)).graph
    assert not [said for said in literals(left) if re.search(r"casa\W*(20)?clara", said, re.IGNORECASE)]


def test_days_in_words_and_ids_become_coarser(tmp_path: Path) -> None:
    """R5: `meeting-20250611` beside "2025", as a file name too."""
    write_reference(tmp_path)
    labels = ("Closed meeting, 11 June 2025", "Closed meeting of 20250611", "Closed meeting of 11.6.2025",
              "Closed meeting on the eleventh of June", "Reunión del 11 de junio de 2025")  # fmt: skip
    rows = [{"id": f"meeting-20250611-{n}", "type": "Event", "label": label} for n, label in enumerate(labels)]
    reports = [{"id": f"u{n}", "undertaking": row["id"], "status": "held", "date": "2025-06-11"}
               for n, row in enumerate(rows)]  # fmt: skip
    write_source(tmp_path, "tidings-2025", undertakings=rows, **{"undertaking-reports": reports})
    entries = _entries("".join(ENTRY.format("coarsen", row["id"], 'dates = "year"') for row in rows), tmp_path)
    graph = compile_(build(tmp_path), Policy(entries=entries)).graph
    told = " ".join(str(term) for quad in graph.quads() for term in quad if "ontology" not in str(quad.graph_name))
    assert not re.search(r"20250611|junio|june|eleventh|11\.6|2025-06", told, re.IGNORECASE)
    assert shacl.check(graph).ok


def test_a_judgement_on_a_renamed_actor_goes_with_its_reason(tmp_path: Path) -> None:
    """R11."""
    write_reference(tmp_path, identity=[
        {"id": "j1", "left": "tidings-2020/relief", "right": "tidings-2020/house", "verdict": "different", "judge": "t",
         "judgeKind": "rule", "judged": "2021-01-01", "reason": "the one in Puno is run by nuns"},
    ])  # fmt: skip
    actors = [{"id": one, "type": "Organization", "label": f"The {one}"} for one in ("relief", "house")]
    namings = [{"id": f"n-{one['id']}", "named": one["id"], "name": one["label"], "nameKind": "name"} for one in actors]
    write_source(tmp_path, "tidings-2020", actors=actors, namings=namings)
    entries = _entries(ENTRY.format("rename", "relief", 'to = "Somebody"'), tmp_path)
    assert "nuns" not in " ".join(literals(compile_(build(tmp_path), Policy(entries=entries)).graph))


def test_a_withheld_acronym_that_every_release_has_is_told_and_not_looked_for(tmp_path: Path) -> None:
    """R12: "CC" stands in the licence of the reference."""
    write_reference(tmp_path)
    actors = [{"id": "cc", "type": "Organization", "label": "Casa Cuna"}]
    namings = [{"id": "n1", "named": "cc", "name": "CC", "nameKind": "acronym"}]
    write_source(tmp_path, "tidings-2020", actors=actors, namings=namings)
    entries = _entries(ENTRY.format("withhold", "cc", ""), tmp_path)
    made = release(build(tmp_path), tmp_path / "out", Policy(entries=entries), formats=[".nq"])
    assert "'CC'" in {doubt.what for doubt in made.compiled.doubts}


def test_a_figure_that_another_claim_repeats_is_told_to_the_person(tmp_path: Path) -> None:
    """R13."""
    write_reference(tmp_path)
    actors = [{"id": one, "type": "Organization", "label": one.title()} for one in ("giver", "relief")]
    money = {"giver": "giver", "receiver": "relief", "amount": 48123, "currency": "USD", "moneyKind": "disbursed"}
    write_source(tmp_path, "tidings-2020", actors=actors, funding=[{"id": "f1", **money}, {"id": "f2", **money}])
    entries = _entries(ENTRY.format("withhold", "tidings-2020/funding/f1", ""), tmp_path)
    doubts = compile_(build(tmp_path), Policy(entries=entries)).doubts
    assert any(one.what == "48,123" and "is withheld of Relief, and beside it in" in one.why for one in doubts)


def told_by(tmp_path: Path, policy: str, sentences: Mapping[str, Sequence[str]], **tables: Any) -> Compiled:
    """Compile a made-up project whose texts are at hand: sources by name, each claim by the number of its sentence."""
    write_reference(tmp_path / "data")
    for name, said in sentences.items():
        text, own = "\n\n".join(said), dict(tables[name.partition("-")[0]])
        spans = [{"id": f"s{n}", "paragraph": n, "sentence": 1, "start": text.index(one), "digest": digest(one),
                  "end": text.index(one) + len(one)} for n, one in enumerate(said, 1)]  # fmt: skip
        write_source(tmp_path / "data", name, **own)
        write_table(tmp_path / "data" / name / "evidence.csv", spans)
        settings = SETTINGS.format(title=f"Note of {name}", name=name, digest=digest(text))
        (tmp_path / "data" / name / "source.toml").write_text(settings, "utf-8")
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "policy.toml").write_text(WORDS + policy, "utf-8")
    return compile_(build(tmp_path / "data"), read_policy(tmp_path / "policy.toml"), Texts(tmp_path / "texts"), TODAY)


RELIEF = {"id": "relief", "type": "Organization", "label": "Relief"}
GUARD = {"id": "guard", "type": "GovernmentBody", "label": "Coast Guard"}
CALLED = {"id": "n1", "named": "guard", "name": "Coast Guard", "nameKind": "name", "evidence": "s1"}
GIFT = {"id": "f1", "giver": "clara", "receiver": "relief", "amount": 8125, "currency": "USD", "moneyKind": "disbursed",
        "date": "2023-03", "evidence": "s1"}  # fmt: skip
VALLEY = {"actors": [RELIEF, {"id": "clara", "type": "Organization", "label": "Casa Clara"}], "funding": [GIFT]}


@pytest.mark.parametrize("sentence", [
    "The Coast Guard met Casa Clara.", "In March 2023 the Coast Guard met.", "Relief got 8,125 dollars from a house.",
])  # fmt: skip
def test_a_text_that_tells_what_is_withheld_closes_its_source(tmp_path: Path, sentence: str) -> None:
    """A digest beside a quote that was left out confirmed a guess; a quote told the figure, or the month."""
    texts = {"valley-2024": ["Casa Clara paid."], "coast-2024": ["The Coast Guard of Utopia.", sentence]}
    left = told_by(
        tmp_path,
        ENTRY.format("withhold", "clara", ""),
        texts,
        valley=VALLEY,
        coast={"actors": [GUARD], "namings": [CALLED]},
    )
    assert left.secrets.closed == {"valley-2024", "coast-2024"}
    assert not column(left.graph, "SELECT ?node WHERE { ?node tip:digest|tip:sha256 ?any }")


def test_a_quote_with_an_address_of_a_person_is_left_out_with_its_digest(tmp_path: Path) -> None:
    texts = {"coast-2024": ["Write to the Coast Guard: ana.perez@example.org."]}
    left = told_by(tmp_path, "", texts, coast={"actors": [GUARD], "namings": [CALLED]})
    assert left.secrets.closed == frozenset()
    assert not column(left.graph, "SELECT ?node WHERE { ?node a tip:Evidence ; tip:digest ?any }")
    assert column(left.graph, "SELECT ?n WHERE { ?node a tip:Evidence ; tip:paragraph ?n }") == ["1"]


def test_days_go_from_all_words_of_a_claim_from_parts_and_from_ids(tmp_path: Path) -> None:
    rows = [
        {"id": one, "type": "Event", "label": one.replace("-", " ")} for one in ("meeting", "session", "march-talk")
    ]
    reports = [
        {"id": "u1", "undertaking": "meeting", "date": "2023-03-14T10:00:00", "status": "held", "evidence": "s1",
         "topic": "what was agreed on the fourteenth of March", "objective": "to prepare the vote of 20 March"},
        {"id": "u2", "undertaking": "session", "partOf": "meeting", "status": "held", "evidence": "s1"},
        {"id": "u3", "undertaking": "session", "date": "2023-03-14", "status": "held", "evidence": "s1"},
        {"id": "u4", "undertaking": "march-talk", "partOf": "meeting", "status": "held", "evidence": "s1"},
    ]  # fmt: skip
    tables = {"undertakings": rows, "undertaking-reports": reports}
    policy = ENTRY.format("coarsen", "meeting", 'dates = "month"').replace("month", "year")
    left = told_by(tmp_path, policy, {"valley-2024": ["They met."]}, valley=tables)
    own = [quad for quad in left.graph.quads() if "ontology" not in str(quad.graph_name)]
    assert not re.search(
        r"2023-03|march|fourteenth", " ".join(str(term) for quad in own for term in quad), re.IGNORECASE
    )
    assert shacl.check(left.graph).ok


def test_of_the_reference_only_what_claims_speak_of_is_shown(compiled: Callable[[str], Compiled]) -> None:
    policy = ENTRY.format("coarsen", "place:lima", 'place = "country"')
    places = set(column(compiled(policy).graph, "SELECT ?place WHERE { ?place a tip:Place }"))
    assert data_iri("reference", "places", "lima").value not in places
    assert data_iri("reference", "places", "peru").value in places


@pytest.mark.parametrize(("text", "said"), [
    (ENTRY.format("withhold", "nobody-knows", ""), "withhold 1, what: 'nobody-knows' is no"),
    ('[[withhold]]\nwhat = "casa-clara"\nreason = "mood"\nreview = 2027-06-01', "'mood' is not a reason; they are"),
    ('[[withhold]]\nwhat = "casa-clara"\nreason = "safety"', "withhold 1, review: is missing"),
    ('[[withhold]]\nwhat = "casa-clara"\nreason = "safety"\nreview = "2027-06-01"', "is not a day, as 2027-06-01"),
    (ENTRY.format("rename", "place:peru", 'to = "X"'), "only actors can be renamed"),
    (ENTRY.format("coarsen", "place:peru", 'place = "country"'), "is in no country here"),
    (ENTRY.format("coarsen", "casa-clara", ""), "does not say what becomes coarser"),
    (ENTRY.format("rename", "lantern-fund", 'to = "Lantern Fund office"'), "has 'Lantern Fund'"),
    (ENTRY.format("rename", "lantern-fund", 'to = "CASA CLARA"'), "is the name of another actor"),
    (ENTRY.format("withhold", "a b/c/d", ""), "is not a row; write source/table/id"),
    (CLARA * 2, "is in withhold 1 too"),
    ('key = "0000000000000000"', "key: is not part of a policy"),
    ("[sources]\nsomebody = 'none'", "'somebody' is not a source of this graph"),
    ("[sources]\nharbour-2020 = 'maybe'", "'maybe' is not one of words, locators, none"),
    ("[counts]\nk = 0", "0 is not a whole number from 1"),
    ("[counts]\nexempt = ['guessed']", "is not a list of detected, estimated, not-stated"),
    ("[count]\nk = 11", "count: is not part of a policy"),
    ("[sources\n", "is not TOML"),
])  # fmt: skip
def test_a_policy_that_means_nothing_says_why(compiled: Callable[[str], Compiled], text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        compiled(text)
    assert said in str(caught.value)
    assert "policy.toml" in str(caught.value)


def test_a_projects_own_question_that_names_what_is_withheld_stops_a_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R3: the leak test took the project's own files for the program's."""
    project = tmp_path / "project"
    init = ["init", str(project), "--title", "Ours", "--namespace", "https://example.org/ours#"]
    assert CliRunner().invoke(main, init).exit_code == 0
    (project / "queries" / "own-shelter.rq").write_text(
        "#+ summary: money of CasaClara\nSELECT ?x WHERE { ?x ?y ?z }\n"
    )
    monkeypatch.setenv("TIPGRAPH_PROJECT", str(project))
    (tmp_path / "policy.toml").write_text(CLARA, "utf-8")
    with pytest.raises(InputError, match=r"own-shelter.rq:1: has 'Casa Clara', which is withheld"):
        compile_(build(KIT / "data"), read_policy(tmp_path / "policy.toml"))


def test_a_leak_releases_nothing(
    small: Graph, written: Callable[[str], Policy], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours, planted: the graph is written as it was before the policy."""
    monkeypatch.setattr("tipgraph.outputs.release.write", lambda _, path: write(small, path))
    with pytest.raises(LeakFound) as caught:
        release(small, tmp_path / "out", written(CLARA), formats=[".csv.zip"], today=TODAY)
    assert any("Casa Clara" in leak.what for leak in caught.value.leaks)
    assert {leak.file for leak in caught.value.leaks} == {"graph.trig"}
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_releases_reads_back_and_finds_what_was_added(small: Graph, tmp_path: Path) -> None:
    policy, out, place = tmp_path / "policy.toml", tmp_path / "out", tmp_path / "graph.trig"
    policy.write_text(WORDS + CLARA, "utf-8")
    write(small, place)
    command = ["release", str(out), "--policy", str(policy), "-g", str(place), "--texts", str(KIT / "texts")]
    made = CliRunner().invoke(main, [*command, "--export", ".csv.zip", "--format", "csv"])
    assert made.exit_code == 0, made.stderr
    rows = {tuple(row[:2]): row[2] for row in csv.reader(made.stdout.splitlines())}
    assert rows["thing", "safety"] == "1"
    assert "decide: harbour-2020: a part is withheld" in made.stderr
    assert "read back; none shows any of" in made.stderr
    assert CliRunner().invoke(main, [*command, "--test"]).exit_code == 0
    with (out / "README.md").open("a", encoding="utf-8") as file:
        file.write("with thanks to Casa Clara\n")
    found = CliRunner().invoke(main, [*command, "--test", "--format", "csv"])
    assert found.exit_code == 1
    assert "README.md" in found.stdout
    assert "Casa Clara" in found.stdout


def test_a_folder_of_something_else_is_left_alone(
    small: Graph, written: Callable[[str], Policy], tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CallError, match=r"mine\.txt"):
        release(small, tmp_path, written(CLARA), formats=[".nq"])
    with pytest.raises(CallError, match="name the folder of a release"):
        verify(small, tmp_path, written(CLARA))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_nothing_of_a_person_leaves(small: Graph, written: Callable[[str], Policy]) -> None:
    """What others brought in: a node of a class of persons, and an address in a note."""
    node, source = NamedNode("http://example.org/people/1"), data_iri("harbour-2020")
    claim = data_iri("harbour-2020", "funding", "p2-1")
    brought = [
        Statement(node, NamedNode(TYPE), NamedNode("http://xmlns.com/foaf/0.1/Person"), source),
        Statement(claim, NamedNode(tip.note), Literal("ask ana.perez@example.org", language="en"), source),
    ]
    left = compile_(Graph([*(Statement(*quad) for quad in small.quads()), *brought]), written("[counts]\nk = 11\n"))
    assert not list(left.graph.about([node]))
    assert "perez" not in " ".join(literals(left.graph))
    assert left.counts["value of a claim", PERSONAL] == 1
