"""How well the rules for the texts of the World Factbook read who is exploited where.

Two readers labelled texts without seeing a rule or its output (`benchmarks/gold/routes.csv`). No rule was written for
these until 1 December 2026, when wrong rows among them were named and corrected. Other texts were read while the rules
were written (`routes-tuned.csv`). A row is a **part** that a text gives its country (origin, transit,
destination, within), or a **pair** of an origin and a destination, countries or regions of M49, in this direction. A
row of one reader only, and a row with an end that has no name, count neither for nor against. The texts are read under
TIPGRAPH_SHARED (else ../shared) and are not part of the project; the labels are.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeAlias

from benchmarks.figures import ROOT, SHARED, Figure, Run, at_least
from tipgraph.sources import read_source
from tipgraph.sources.importers.countries import Countries
from tipgraph.sources.importers.factbook.place_phrases import PlaceWords
from tipgraph.sources.importers.import_run import take
from tipgraph.sources.importers.registry import reader
from tipgraph.sources.importers.row_builder import ImportOptions
from tipgraph.sources.reference import reference_of

SIZES = SMOKE = ()
GOLD = ROOT / "benchmarks" / "gold"
TEXTS = SHARED / "data" / "routes"
FILES = {"2017": "tip_2017-03.json", "2023": "tip_2023-12.json"}
SETS = {
    "routes.csv": "texts labelled before a rule was written for them",
    "routes-tuned.csv": "texts that the rules were tuned on",
}
KINDS = {"part": "part of the country", "pair": "origin and destination"}
ONE_READER = ("a", "b")
SETTINGS = {"title": "Texts", "issuedBy": "the benchmark", "issued": "2023", "licence": "not stated"}
# A text and labels of our own for smoke runs.
SMALL = {"path": "x/pe.json", "country": "Peru", "current situation": "Peruvian girls are exploited in Chile (2016)"}
SMALL_ROWS = [("part", "origin", ""), ("pair", "PE", "CL")]

Text: TypeAlias = tuple[str, str]  # path and year
Row: TypeAlias = tuple[str, str, str]  # kind, from, to


class Labels(NamedTuple):
    """The rows of a text that are right, and those that are neither right nor wrong."""

    right: set[Row]
    open: set[Row]


def labels(path: Path) -> dict[Text, Labels]:
    """Return the labels of a file by text."""
    found: dict[Text, Labels] = defaultdict(lambda: Labels(set(), set()))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            is_open = row["readers"] in ONE_READER or "unnamed:" in f"{row['from']} {row['to']}"
            text = found[row["path"], row["year"]]
            (text.open if is_open else text.right).add((row["kind"], row["from"], row["to"]))
    return dict(found)


def read(texts: Path, year: str) -> dict[Text, set[Row]]:
    """Import a file; return what the rules found in each of its texts."""
    reference = reference_of()
    cells = [row.cells for row in reference.tables["places"].rows]
    codes = {f"reference/places/{row['id']}": row.get("isoAlpha2") or row["label"].lower() for row in cells}
    places, found = PlaceWords(Countries.of(reference)), dict[Text, set[Row]]()
    with TemporaryDirectory() as folder:
        take(reader("factbook"), texts, Path(folder) / "texts", SETTINGS, ImportOptions())
        tables = read_source(Path(folder) / "texts").tables
    claims = {name: [row.cells for row in tables[name].rows] if name in tables else []
              for name in ("ratings", "route-reports", "route-stops", "evidence")}  # fmt: skip
    line_of = {row["id"]: int(row["paragraph"]) for row in claims["evidence"]}
    for path, lines, country in _records(texts):
        ratings, *ends = ([claim for claim in claims[name] if line_of[claim["evidence"].split(" | ")[0]] in lines]
                          for name in ("ratings", "route-reports", "route-stops"))  # fmt: skip
        own = ratings[0]["place"] if ratings else f"reference/places/{places.place_of(country)}"
        found[path, year] = {row for claim in chain(*ends) for row in _rows(claim, own, codes)}
    return found


def _records(texts: Path) -> Iterator[tuple[str, range, str]]:
    """Yield path, lines and country of each record of a file with a field on each line."""
    path, first, country = "", 1, ""
    for number, line in enumerate(texts.read_text("utf-8").splitlines(), 1):
        match line.strip().rstrip(","):
            case "{":
                path, first, country = "", number, ""
            case "}" if path:
                yield path, range(first, number + 1), country
            case field if field.startswith(('"path":', '"country":')):
                value = json.loads("{" + field + "}")
                path, country = value.get("path", path), value.get("country", country) or ""


def _rows(claim: Mapping[str, str], own: str, codes: Mapping[str, str]) -> Iterator[Row]:
    """Yield the parts and the pair that a claim gives."""
    if claim.get("stage") == "transit":
        yield ("part", "transit", "")
    origin, destination = claim.get("origin", ""), claim.get("destination", "")
    if origin and origin == destination == own:
        yield ("part", "within", "")
        return
    yield from (("part", part, "") for part, end in (("origin", origin), ("destination", destination)) if end == own)
    if origin and destination:
        yield ("pair", codes[origin], codes[destination])


def figures(run: Run) -> Iterator[Figure]:
    """Measure precision and recall of parts and of pairs, for each file of labels."""
    if run.is_smoke:
        yield from _small()
        return
    missing = [name for name in FILES.values() if not (TEXTS / name).is_file()]
    if missing:
        print(f"  left out: no {', '.join(missing)} in {TEXTS} (TIPGRAPH_SHARED names the folder)")
        return
    found = {text: rows for year, name in FILES.items() for text, rows in read(TEXTS / name, year).items()}
    for name, said in SETS.items():
        if (GOLD / name).is_file():
            yield from scores(said, labels(GOLD / name), found, has_goal=name == "routes.csv")


def _small() -> Iterator[Figure]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps({"records": [SMALL]}, indent=1), "utf-8")
        found = read(path, "2016")
    yield from scores(
        "a text of our own", {("x/pe.json", "2016"): Labels(set(SMALL_ROWS), set())}, found, has_goal=False
    )


def scores(
    said: str, gold: Mapping[Text, Labels], found: Mapping[Text, set[Row]], *, has_goal: bool
) -> Iterator[Figure]:
    """Yield precision and recall with their counts."""
    for kind, name in KINDS.items():
        right = {(text, row) for text, rows in gold.items() for row in rows.right if row[0] == kind}
        unsure = {(text, row) for text, rows in gold.items() for row in rows.open}
        ours = {(text, row) for text in gold for row in found.get(text, ()) if row[0] == kind} - unsure
        both = len(right & ours)
        for measure, of, goal in (("precision", len(ours), 0.97), ("recall", len(right), 0.85)):
            what = f"{name}: {measure} ({both:,} of {of:,})"
            yield Figure(f"{len(gold)} {said}", what, both / max(of, 1), "", goal=at_least(goal) if has_goal else None)
