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

**Quickly.** Made actors: names of two to six words drawn from a long-tailed vocabulary, beside bodies of twenty
countries; a tenth of the actors say again what another says (a legal form, a letter less, words in another order, an
acronym). The alternative is `rapidfuzz.process.cdist` with `token_sort_ratio` on every pair of 5,000 of them, the
plain way; for more actors its time is multiplied by the pairs, and the table says so.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import SHARED, Figure, Run, at_least, compared, seconds
from tipgraph.curation.identity.candidates import LEAST, among
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.profiles import Profile, ProfileName, profile
from tipgraph.runtime import is_here

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
    columns = {key: re.search(r"_([a-z]{2})$", key) for key in row if key.startswith(("Name_", "Abbreviation_"))}
    return {key: ProfileName(row[key], found[1] if found else "", "reference") for key, found in columns.items()}


def sides(kind: str, rows: list[dict[str, str]]) -> Iterator[tuple[Profile, Profile | None]]:
    """Yield a reference actor without the held-out name, and the actor of another source that has it alone."""
    column = KINDS[kind]
    for row in rows:
        known, number = names(row), row["Wikidata_code"].lower()
        mention = known.get(column)
        if kind == "Name (ABC)" and "Abbreviation_en" in known:
            mention = ProfileName(f"{row['Name_en']} ({row['Abbreviation_en']})", "en")
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
    proposed = among([*(reference for reference, _ in pairs), *others], Gazetteer([], {}), least).found
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
