"""The import of IATI activities and the build of its source, in turn with lxml and with Oxigraph's command.

A bare pass of lxml parses the same file; Oxigraph loads the same statements. A real file of 257 activities is repeated
to size, each time with identifiers of its own."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import SHARED, Figure, Run, at_most, beside_python, compared, spent
from benchmarks.graphs import COMMAND
from benchmarks.stores import oxigraph
from tipgraph.graph import stores

SIZES, SMOKE = ("10", "100"), ("0",)  # MB; the least is the file once
ROUNDS = 3
BUILT = 20  # MB: of a larger file only the import is measured
FAULTY = (0, 1)  # 1 says that something in the file is wrong; the rest is imported
REAL = SHARED / "data" / "iati" / "iom_257_activities_v203.xml"
BARE = Path(__file__).with_name("alternatives") / "bare_pass.py"
# A text of our own for smoke runs, where the real file may be absent.
SMALL = """<iati-activities version="2.03">
<iati-activity default-currency="EUR" xml:lang="en">
<iati-identifier>XM-DAC-47066-A1</iati-identifier>
<reporting-org ref="XM-DAC-47066" type="40"><narrative>A Fund</narrative></reporting-org>
<title><narrative>Shelter against trafficking in persons</narrative></title>
<participating-org ref="XM-DAC-47066" role="1"><narrative>A Fund</narrative></participating-org>
<activity-status code="2"/>
<recipient-country code="PE"/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2020-05-01"/>
<value value-date="2020-05-01">1000</value></transaction>
</iati-activity>
</iati-activities>"""
OWN = re.compile(r"XM-DAC-47066-(?=[A-Z])")


def figures(run: Run) -> Iterator[Figure]:
    """Measure a file of each size in MB."""
    if not REAL.exists() and not run.is_smoke:
        print(f"  left out: no {REAL} (TIPGRAPH_SHARED names the folder)")
        return
    for size in map(int, run.sizes):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "activities.xml"
            number = repeated(SMALL if run.is_smoke else REAL.read_text("utf-8"), size, path)
            on = f"{size} MB, {number:,} activities"
            yield from of_an_import(on, path, run)
            if size <= BUILT:
                yield from of_a_build(on, path)


def importing(path: Path) -> list[str]:
    """Return the command that imports a file, without its target."""
    return [*COMMAND, "source", "import", "iati", str(path), "--issued", "2020", "--licence", "not stated", "--replace"]


def of_an_import(on: str, path: Path, run: Run) -> Iterator[Figure]:
    """Measure an import of all activities, and of those about trafficking in persons."""
    words = [*importing(path), "-o", str(path.with_name("imported"))]
    for what, command, goal in (
        ("an import", words, at_most(20)),
        ("an import with `--about`", [*words, "--about"], None),
    ):
        costs = [
            (spent(command, FAULTY), spent([sys.executable, str(BARE), str(path)])) for _ in range(run.rounds(ROUNDS))
        ]
        pairs = [(ours.seconds, bare.seconds) for ours, bare in costs]
        yield compared(on, what, pairs, "a bare pass of lxml", goal)
        yield compared(on, f"memory of {what}", [(costs[0][0].mb, costs[0][1].mb)], "a bare pass of lxml", unit="MB")


def of_a_build(on: str, path: Path) -> Iterator[Figure]:
    """Measure the build of the source of a file as a store, and its memory for each MB of the file."""
    data, store, statements = (path.with_name(name) for name in ("data", "store", "statements.nq"))
    spent([*importing(path), "-o", str(data / "activities")], FAULTY)
    built = spent([*COMMAND, "build", str(data), "-o", f"{store}/"])
    inside = str(stores.held(store)[0].folder)
    spent([beside_python("oxigraph"), "dump", "--location", inside, "--file", str(statements)])
    what = "a store built from the import"
    yield compared(on, what, [(built.seconds, oxigraph(statements))], "`oxigraph load`", at_most(3))
    size = path.stat().st_size / 1e6
    yield Figure(on, f"memory of {what}, for each MB of the file", built.mb / size, "MB", goal=at_most(25))


def repeated(text: str, size: int, path: Path) -> int:
    """Write a file repeated to a size in MB, at least once; return the number of activities."""
    first, last = text.index("<iati-activity "), text.rindex("</iati-activities>")
    body, times, written = text[first:last], 0, 0
    with path.open("w", encoding="utf-8") as out:
        out.write(text[:first])
        while not times or written < size * 1_000_000:
            written += out.write(OWN.sub(f"XM-DAC-47066-{times}.", body))
            times += 1
        out.write(text[last:])
    return times * body.count("<iati-activity ")
