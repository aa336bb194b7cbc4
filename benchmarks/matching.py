"""How well and how quickly `tipgraph review identity` proposes: figures, and a ratio to an alternative in the same run.

Run by `make bench`; `python benchmarks/matching.py 20000` takes one size only. Two parts.

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
plain way; for more actors its time is multiplied by the pairs, and said so. Each size runs in a process of its own, so
that its peak of memory is its own too.
"""

import json
import os
import platform
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tipgraph.curation.identity.candidates import LEAST, among
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.profiles import Profile, ProfileName, profile

ROOT = Path(__file__).parent.parent
LIST = Path(os.environ.get("TIPGRAPH_SHARED", ROOT.parent / "shared")) / "data/reference/supraverden_general_list.yaml"
SIZES = (5_000, 20_000, 100_000)
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


def quickly(size: int) -> dict[str, float]:
    """Propose among made actors; return what it took."""
    actors = made(size)
    gazetteer = Gazetteer([profile(f"reference/places/{one.lower()}", one, root="Place") for one in COUNTRIES], {})
    begun = time.perf_counter()
    proposals = among(actors, gazetteer)
    seconds = time.perf_counter() - begun
    for line in proposals.notes:
        print(f"  {line}", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "compared": proposals.compared, "found": len(proposals.found), "mb": peak}


def plainly(size: int) -> dict[str, float]:
    """Compare every pair of made actors by rapidfuzz alone; return the seconds.

    Against a copy of the list: of one and the same list rapidfuzz takes each pair once, and five times as long.
    """
    from rapidfuzz import fuzz, process

    texts = [one.names[0].text.casefold() for one in made(size)]
    begun = time.perf_counter()
    process.cdist(texts, list(texts), scorer=fuzz.token_sort_ratio, score_cutoff=85, dtype="uint8")
    return {"seconds": time.perf_counter() - begun}


def apart(part: str, size: int) -> dict[str, float]:
    """Run a part in a process of its own."""
    done = subprocess.run([sys.executable, __file__, part, str(size)], check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def show_well() -> None:
    if not LIST.is_file():
        print(f"how well: not measured, since {LIST} is not at hand (set TIPGRAPH_SHARED)")
        return
    rows = organizations()
    print(f"{len(rows)} organizations, the identifier hidden; what the other side is called, and at which --least")
    heads = "".join(f"{f'recall {least}':>13}{'precision':>11}{'wrong':>7}" for least in (LEAST, LOW))
    print(f"{'':26}{'pairs':>7}{heads}")
    total, every = 0, list[tuple[float, bool]]()
    for kind in KINDS:
        there, proposed = judged(kind, rows, LOW)
        total, every = total + there, every + proposed
        print(f"{kind:26}{there:>7}{figures(there, proposed)}")
    print(f"{'all':26}{total:>7}{figures(total, every)}")


def figures(there: int, proposed: list[tuple[float, bool]]) -> str:
    """Return recall, precision and wrong proposals at both limits."""
    cells = ""
    for least in (LEAST, LOW):
        taken = [is_right for score, is_right in proposed if score >= least]
        right = sum(taken)
        cells += f"{right / there:>13.1%}{right / max(len(taken), 1):>11.1%}{len(taken) - right:>7}"
    return cells


def show_quickly(sizes: tuple[int, ...]) -> None:
    plain = apart("plainly", PLAIN)["seconds"]
    pairs = PLAIN * (PLAIN - 1) // 2
    print(
        f"\nevery pair of {PLAIN:,} by rapidfuzz.process.cdist: {plain:.2f} s for {PLAIN**2:,} cells ({pairs:,} pairs)"
    )
    print(
        f"{'actors':>9}{'compared':>12}{'pairs/s':>10}{'seconds':>9}{'MB':>7}{'proposed':>10}{'of all pairs':>14}"
        f"{'cdist/ours':>12}"
    )
    for size in sizes:
        ours = apart("quickly", size)
        every = size * (size - 1) // 2
        theirs = plain * (size / PLAIN) ** 2
        share, times = ours["compared"] / every, theirs / ours["seconds"]
        print(
            f"{size:>9,}{ours['compared']:>12,.0f}{ours['compared'] / ours['seconds']:>10,.0f}{ours['seconds']:>9.1f}"
            f"{ours['mb']:>7.0f}{ours['found']:>10,.0f}{share:>14.3%}{times:>11.1f}x"
            f"{'' if size == PLAIN else ' (extrapolated)'}"
        )


def main(words: list[str]) -> None:
    if words and words[0] in ("quickly", "plainly"):  # a part and a size, for a process of its own
        print(json.dumps({"quickly": quickly, "plainly": plainly}[words[0]](int(words[1]))))
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    show_well()
    show_quickly(tuple(map(int, words)) or SIZES)


if __name__ == "__main__":
    main(sys.argv[1:])
