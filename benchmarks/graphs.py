"""The graphs that are measured: the kit, the kit with all open data, and made ones of any size."""

import atexit
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from shutil import copytree, disk_usage, ignore_patterns, rmtree
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.figures import ROOT, SHARED, Goal, Run, spent, timed
from benchmarks.generate import make

if TYPE_CHECKING:
    from pyoxigraph import Store

KIT, AID, OPEN = "kit", "aid", "open"  # the kit's own sources, with files of IATI, and with all of the shared data
SMALL = "small"  # the graph of the tests
ROOM = 2_500  # bytes of disk for each statement: the file, the stores, and what is written beside them
COMMAND = [sys.executable, "-m", "tipgraph.cli"]
IMPORTED = ("cia-factbook", "iom-iati")  # sources of the kit that are imports
# kind, file, and the words that the file does not say itself.
IMPORTS = (
    ("iati", "iati/iom_257_activities_v203.xml", "--issued=2024"),
    ("iati", "iati/freedom_fund_v203.xml", "--issued=2024"),
    ("iati", "iati/us_state_narcotics_negatives_v203.xml", "--issued=2024"),
    ("iati", "iati/v1/dqt_sample.xml", "--issued=2014"),
    ("ctdc", "routes/ctdc_corridors_routes.csv", "--issued=2020", "--date=2020"),
    ("glotip", "routes/glotip_flows_subset.csv", "--issued=2022"),
    *(("routes", f"routes/tip-edgelists/edgelist{year}.txt", f"--date={year}", f"--issued={year}")
      for year in (2001, 2005, 2010, 2015)),
    ("factbook", "routes/tip_2017-03.json", "--issued=2017-03"),
    ("factbook", "routes/tip_2023-12.json", "--issued=2023-12"),
)  # fmt: skip


class Measured(NamedTuple):
    """A graph as a file of N-Quads, in a folder of its own, where its store is too."""

    size: str
    path: Path
    statements: int
    data: Path | None = None  # the sources that it was built from

    @property
    def name(self) -> str:
        """Return the name and the number of statements."""
        return f"{'made' if self.size.isdigit() else self.size}, {self.statements:,} statements"

    def wants(self, goal: Goal) -> Goal | None:
        """Return a goal for large graphs; the kit has none."""
        return None if self.size == KIT else goal


def graphs(sizes: tuple[str, ...]) -> Iterator[Measured]:
    """Yield each graph, as long as the disk has room; leave out with a word those of shared data that are absent."""
    for size in sizes:
        if size.isdigit() and disk_usage(_folder()).free < int(size) * ROOM:
            print(f"  {size} statements are left out: the disk has no room")
        elif size in (AID, OPEN) and not SHARED.is_dir():
            print(f"  {size} is left out: no {SHARED} (TIPGRAPH_SHARED names the folder of its data)")
        else:
            yield _written(size)


@cache
def _folder() -> Path:
    """Return the folder of graphs. The programs of one run share it; it is deleted when the run ends."""
    folder = Path(mkdtemp(prefix="tipgraph-benchmarks-"))
    atexit.register(rmtree, folder)
    return folder


@cache
def _written(size: str) -> Measured:
    """Write a graph: a made one, the kit, or a copy of its sources with shared data imported into it."""
    path = _folder() / size / "graph.nq"
    path.parent.mkdir()
    if size.isdigit():
        return Measured(size, path, make(int(size), path))
    own = {KIT: ROOT / "data", SMALL: ROOT / "tests" / "kit" / "data"}
    wanted = [file for file in IMPORTS if size == OPEN or file[0] == "iati"]
    stems = {Path(file[1]).stem.lower().replace("_", "-"): file for file in wanted}
    data = own.get(size) or with_imports(path.with_name("data"), stems)
    spent([*COMMAND, "build", str(data), "-o", str(path)])
    with path.open("rb") as lines:
        return Measured(size, path, sum(1 for _ in lines), data)


def with_imports(data: Path, imports: Mapping[str, Sequence[str]]) -> Path:
    """Copy the sources of the kit into a folder, and import files of the shared data beside them, each by its name.

    The kit's own imports of these files are left out: each of their claims would be there twice.
    """
    copytree(ROOT / "data", data, ignore=ignore_patterns(*(f"{name}-*" for name in IMPORTED)))
    for table in (data / "reference" / "identity.csv", *(data / "audits").glob("*.csv")):
        rows = table.read_text("utf-8").splitlines(keepends=True)
        table.write_text("".join(row for row in rows if not any(name in row for name in IMPORTED)), "utf-8")
    for source, (kind, name, *words) in imports.items():
        given = (f"--title={source}", "--publisher=its publisher", "--licence=not stated", "--retrieved=2026-11-01")
        call = [*COMMAND, "source", "import", kind, str(SHARED / "data" / name), "-o", str(data / source)]
        # Exit code 1 says that some records were faulty.
        done = subprocess.run([*call, "--data", str(data), *given, *words], capture_output=True, check=False, text=True)
        if not (data / source / "source.toml").exists():
            raise SystemExit(f"{name} was not imported:\n{done.stderr}")
    return data


class Written(NamedTuple):
    """What writing a store cost: seconds of filling it alone and of all."""

    filling: float
    all: float


def store(graph: Measured, run: Run) -> Path:
    """Write a store beside a graph, once; return its folder."""
    where = graph.path.with_name("store")
    if not where.exists():
        run.apart(write_store, graph.path, where)
    return where


def write_store(path: Path, where: Path) -> Written:
    """Write a store; return what that cost."""
    from tipgraph.graph import sandbox, stores

    filling: list[float] = []

    def fill(made: "Store") -> None:
        begun = time.perf_counter()
        sandbox.fill(made, path, in_bulk=True)
        made.flush()
        filling.append(time.perf_counter() - begun)

    took, _ = timed(lambda: stores.write(where, fill))
    return Written(filling[0], took)
