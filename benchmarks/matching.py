"""How well and how quickly `tipgraph review identity` proposes who is the same, in turn with rapidfuzz.

**Well.** The shared list of international organizations (Wikidata ids, names in up to thirty languages) makes pairs
whose answer is known. On one side stands a reference actor with all names of an organization but one; on the other an
actor of another source that has the held-out name only, in one language: as where a document is read in French and the
reference holds the English, Spanish and German name. The true pairs are those of one Wikidata id, which the matcher
never sees. A kind of pair is a column of the list: an English name, another English name (`EU Agency for Railways`), a
former one, a name in French, Spanish, German, Portuguese, Russian or Chinese; and `Name (ABC)` as documents print it,
where the reference lacks that English name and knows the abbreviation. Two kinds hold nothing out: a name, or an
abbreviation, that is one of several that the reference knows. A held-out name that shares no word with any other name
of its organization cannot be found by its letters, whatever the threshold, and is counted as missed. All organizations
stand on both sides where they have such a name, so that every wrong proposal among some 600,000 pairs of a kind counts
against precision. The list is read under TIPGRAPH_SHARED (else ../shared) and is not part of the project (CC BY-SA).

**Labelled.** `gold/identity.csv` has labelled pairs of actors of four shared IATI files, imported beside the kit. Every
proposal with an actor of these files counts; one that is not labelled *same* counts as wrong. Nobody looked at these
pairs while the rules of names were written. They were written for `gold/identity-tuned.csv`: names of organizations as
IATI files print them.

**Quickly.** Made actors: names of two to six words drawn from a long-tailed vocabulary, beside bodies of twenty
countries; a tenth of the actors say again what another says (a legal form, a letter less, words in another order, an
acronym). The alternative is `rapidfuzz.process.cdist` with `token_sort_ratio` on every pair of 5,000 of them, the
plain way; for more actors its time is multiplied by the pairs, and the table says so.
"""

import csv
import random
from collections.abc import Collection, Iterator
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from benchmarks.figures import ROOT, SHARED, Figure, Run, at_least, compared, seconds
from benchmarks.graphs import IMPORTS, with_imports
from tipgraph import build
from tipgraph.curation.identity import profiles
from tipgraph.curation.identity.candidates import LEAST, among
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.profiles import Profile, ProfileName, profile
from tipgraph.curation.identity.scores import Proposal
from tipgraph.graph import Graph
from tipgraph.runtime import is_here

Pair: TypeAlias = frozenset[str]

GOLD, TUNED = (ROOT / "benchmarks" / "gold" / f"{name}.csv" for name in ("identity", "identity-tuned"))
LABELLED = dict(zip(("iom-iati", "freedom-iati", "us-iati", "dqt-iati"), IMPORTS, strict=False))  # by the names of GOLD
LIST = SHARED / "data" / "reference" / "supraverden_general_list.yaml"
SIZES, SMOKE = ("5000", "20000", "100000"), ("200",)
PLAIN = 5_000
LOW = 0.6  # what a patient person may look through
KINDS = {
    "the same name, of several": "",
    "Name (ABC)": "",
    "abbreviation": "Abbreviation_en",
    "English": "Name_en",
    "other English": "Name_other_en",
    "former English": "Name_former_en",
    "French": "Name_fr",
    "Spanish": "Name_es",
    "German": "Name_de",
    "Portuguese": "Name_pt",
    "Russian": "Name_ru",
    "Chinese": "Name_zh",
}
COUNTRIES = [
    "Argentina", "Belize", "Bolivia", "Brazil", "Chile", "Colombia", "Ecuador", "Guyana", "Haiti", "Jamaica", "Mexico",
    "Niger", "Nigeria", "Panama", "Paraguay", "Peru", "Suriname", "Uruguay", "Venezuela", "Zambia",
]  # fmt: skip
BODIES = [
    "Government of",
    "Ministry of Labour of",
    "Ministry of Foreign Affairs of",
    "National Police of",
    "US Embassy in",
]


def organizations(path: Path = LIST) -> list[dict[str, str]]:
    """Return the organizations of the list that have a Wikidata id, each once."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = yaml.load(path.read_text("utf-8"), Loader=loader).values()  # noqa: S506  a safe loader, in C where it is
    once = {row["Wikidata_code"]: row for row in rows if str(row["Wikidata_code"]).startswith("Q")}
    return [{key: str(value) for key, value in row.items() if value} for row in once.values()]


def names(row: dict[str, str]) -> dict[str, ProfileName]:
    """Return the names and abbreviations of an organization by column."""
    return {key: ProfileName(row[key], "reference") for key in row if key.startswith(("Name_", "Abbreviation_"))}


def sides(kind: str, rows: list[dict[str, str]]) -> Iterator[tuple[Profile, Profile | None]]:
    """Yield a reference actor without the held-out name, and the actor of another source that has it alone."""
    column = KINDS[kind]
    for row in rows:
        known, number = names(row), row["Wikidata_code"].lower()
        mention = known.get(column)
        if kind == "Name (ABC)" and "Abbreviation_en" in known:
            mention = ProfileName(f"{row['Name_en']} ({row['Abbreviation_en']})")
            known.pop("Name_en")
        elif kind == "the same name, of several":
            mention = known["Name_en"]
        elif kind != "abbreviation":
            known.pop(column, None)
        reference = Profile(f"reference/actors/{number}", "Actor", names=list(known.values())).spell()
        other = Profile(f"elsewhere/actors/{number}", "Actor", names=[mention._replace(source="")]) if mention else None
        yield reference, other.spell() if other else None


def judged(kind: str, rows: list[dict[str, str]], least: float) -> tuple[int, list[tuple[float, bool]]]:
    """Return how many true pairs there are, and of each proposal how likely it is called and whether it is right."""
    pairs = list(sides(kind, rows))
    others = [other for _, other in pairs if other]
    proposed = among([*(reference for reference, _ in pairs), *others], Gazetteer([], {}), least)
    return len(others), [(one.score, one.left.rpartition("/")[2] == one.right.rpartition("/")[2]) for one in proposed]


def judge(kind: str, rows: list[dict[str, str]], least: float = LEAST) -> tuple[int, int, int]:
    """Return how many true pairs there are, how many were proposed, and how many proposals were wrong."""
    there, proposed = judged(kind, rows, least)
    right = sum(is_right for _, is_right in proposed)
    return there, right, len(proposed) - right


def made(size: int, seed: int = 1) -> list[Profile]:
    """Return made actors: nine tenths are one each, one tenth says again, otherwise, what another says."""
    chance = random.Random(seed)  # noqa: S311
    syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "is", "on", "al")]
    vocabulary = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(max(500, size // 4))]
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    first = [
        " ".join(chance.choices(vocabulary, weights, k=chance.randint(2, 6))).title() for _ in range(size * 9 // 10)
    ]
    for at in range(0, len(first), 50):
        first[at] = f"{chance.choice(BODIES)} {chance.choice(COUNTRIES)}"
    again = [otherwise(chance.choice(first), chance) for _ in range(size - len(first))]
    return [profile(f"s{at % 997}/actors/a{at}", name) for at, name in enumerate([*first, *again])]


def otherwise(name: str, chance: random.Random) -> str:
    """Return a name as another source might write it."""
    words = name.split()
    at = chance.randrange(1, len(name))
    return chance.choice([
        f"{name}, Inc.", name.upper(), f"The {name}", " ".join([words[-1], *words[:-1]]), name[:at] + name[at + 1 :],
        f"{name} ({''.join(word[0] for word in words)})",
    ])  # fmt: skip


def quickly(size: int) -> float:
    """Propose among made actors; return the seconds."""
    actors = made(size)
    gazetteer = Gazetteer([profile(f"reference/places/{name.lower()}", name, root="Place") for name in COUNTRIES], {})
    return seconds(lambda: among(actors, gazetteer))


def plainly(size: int) -> float:
    """Compare every pair of made actors by rapidfuzz alone; return the seconds.

    Against a copy of the list: of one and the same list rapidfuzz takes each pair once, and five times as long.
    """
    from rapidfuzz import fuzz, process

    names = [actor.names[0].text.casefold() for actor in made(size)]
    return seconds(
        lambda: process.cdist(names, list(names), scorer=fuzz.token_sort_ratio, score_cutoff=85, dtype="uint8")
    )


def figures(run: Run) -> Iterator[Figure]:
    """Measure how well pairs are found whose answer is known, and how quickly, with numbers of made actors."""
    yield from well(run)
    yield from labelled(run)
    size = int(SMOKE[0]) if run.is_smoke else PLAIN
    plain, _ = run.apart(plainly, size)
    for actors in map(int, run.sizes):
        ours, mb = run.apart(quickly, actors)
        on = f"{actors:,} made actors"
        said = "" if actors == size else f", computed from {size:,}"
        pairs = [(ours, plain * (actors / size) ** 2)]
        alternative = f"`rapidfuzz.process.cdist` of every pair{said}"
        yield compared(on, "proposals of who is the same", pairs, alternative, at_least(1))
        yield Figure(on, "memory of the proposals", mb, "MB")


def well(run: Run) -> Iterator[Figure]:
    """Measure recall and precision on the shared list, if that is there."""
    if not LIST.is_file() or not is_here("yaml"):
        print(f"  how well: left out, no {LIST} (TIPGRAPH_SHARED) or no PyYAML")
        return
    rows = organizations()[: 20 if run.is_smoke else None]
    total, every = 0, list[tuple[float, bool]]()
    for kind in KINDS:
        there, proposed = judged(kind, rows, LOW)
        total, every = total + there, every + proposed
        yield from shares(f"{there} pairs: {kind}", there, proposed)
    yield from shares(f"all {total:,} pairs", total, every)


def shares(on: str, there: int, proposed: list[tuple[float, bool]]) -> Iterator[Figure]:
    """Yield the recall of proposals, with their precision, at both limits."""
    for least in (LEAST, LOW):
        taken = [is_right for score, is_right in proposed if score >= least]
        precision = sum(taken) / max(len(taken), 1)
        yield Figure(on, f"recall at {least} (precision {precision:.2f})", sum(taken) / max(there, 1), "")


def labelled(run: Run) -> Iterator[Figure]:
    """Measure recall and precision on labelled names of organizations, and on labelled pairs of imported files."""
    gazetteer = _gazetteer(build(ROOT / "tests" / "kit" / "data" if run.is_smoke else ROOT / "data"))
    names, same = tuned()
    yield from found(f"{len(same)} pairs that rules were written for", same, set(), among(names, gazetteer))
    if run.is_smoke or not all((SHARED / "data" / name).is_file() for _, name, *_ in LABELLED.values()):
        print(f"  labelled pairs: left out, a smoke run or no IATI files in {SHARED} (TIPGRAPH_SHARED)")
        return
    with TemporaryDirectory() as folder:
        graph = build(with_imports(Path(folder) / "data", LABELLED))
    proposed = [
        proposal
        for proposal in among(profiles.read(graph, ["Actor"]), _gazetteer(graph))
        if {node.partition("/")[0] for node in (proposal.left, proposal.right)} & LABELLED.keys()
    ]
    labels = {verdict: set(_pairs(verdict)) for verdict in ("same", "unsure")}
    yield from found(
        f"{len(labels['same'])} labelled pairs of imported files", labels["same"], labels["unsure"], proposed
    )


def tuned() -> tuple[list[Profile], set[Pair]]:
    """Return the profiles of the names that the rules were written for, and the pairs that are of one organization."""
    entries: dict[str, list[Profile]] = {}
    with TUNED.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            is_body = ["GovernmentBody"] * (row["kind"] == "government")
            known = [("iatiIdentifier", profiles.organization_identifier(row["identifier"]))] * bool(row["identifier"])
            node = f"{row['source']}/actors/{row['organization']}-{number}"
            kinds, classes = [row["kind"]] * bool(row["kind"]), ["Organization", *is_body]
            entry = profile(node, row["name"], classes=classes, kinds=kinds, identifiers=known)
            entries.setdefault(row["organization"], []).append(entry)
    same = {frozenset((left.node, right.node)) for of in entries.values() for left, right in combinations(of, 2)}
    return [entry for of in entries.values() for entry in of], same


def _pairs(verdict: str) -> Iterator[Pair]:
    with GOLD.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["verdict"] == verdict:
                yield frozenset(node.replace("/", "/actors/") for node in (row["left"], row["right"]))


def found(on: str, same: Collection[Pair], unsure: Collection[Pair], proposed: list[Proposal]) -> Iterator[Figure]:
    """Yield recall and precision of proposals with their goals; undecided pairs do not count."""
    pairs = {frozenset((proposal.left, proposal.right)) for proposal in proposed} - set(unsure)
    right = len(pairs & set(same))
    yield Figure(on, f"recall at {LEAST}", right / len(same), "", goal=at_least(0.9))
    yield Figure(
        on, f"precision at {LEAST} ({len(pairs)} proposals)", right / max(len(pairs), 1), "", goal=at_least(0.97)
    )


def _gazetteer(graph: Graph) -> Gazetteer:
    return Gazetteer(profiles.read(graph, ["Place"]), profiles.within(graph))
