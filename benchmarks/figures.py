"""Figures of benchmarks: measured in turn with a named alternative, printed, and written into `docs/benchmarks.md`."""

import csv
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple, TypeVar

T = TypeVar("T")

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
FELT = ROOT / "benchmarks" / "felt.csv"  # the figures of the page, and what they are for a reader
SHARED = Path(os.environ.get("TIPGRAPH_SHARED") or ROOT.parent / "shared")
COSTS = ("s", "ms", "MB")  # of these units, less is better


@dataclass(frozen=True)
class Run:
    """How a program runs: on which graphs, and whether it only proves that it runs."""

    sizes: tuple[str, ...]
    is_smoke: bool = False
    writes: bool = False
    minutes: int = 15  # of load

    def rounds(self, number: int) -> int:
        """Return how often something is measured."""
        return 1 if self.is_smoke else number

    def apart(self, function: Callable[..., T], *arguments: object) -> tuple[T, float]:
        """Call a function of a module in a process of its own; return its result, and the peak memory in MB.

        A smoke run calls it in this process, which takes less time.
        """
        if self.is_smoke:
            return _with_memory(function, *arguments)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            return pool.submit(_with_memory, function, *arguments).result()


class Goal(NamedTuple):
    """A limit that a ratio should keep, or our own figure where nothing is beside it."""

    sign: str
    limit: float

    def is_met(self, value: float) -> bool:
        """Say whether a value keeps the limit."""
        return value <= self.limit if self.sign == "≤" else value >= self.limit


def at_most(limit: float) -> Goal:
    """Return an upper limit."""
    return Goal("≤", limit)


def at_least(limit: float) -> Goal:
    """Return a lower limit."""
    return Goal("≥", limit)


@dataclass(frozen=True)
class Figure:
    """What was measured, on what, on both sides; without a ratio the goal is one for our own figure."""

    on: str
    what: str
    ours: float
    unit: str = "s"
    alternative: str = ""
    theirs: float | None = None
    ratio: float | None = None
    goal: Goal | None = None

    def cells(self) -> tuple[str, ...]:
        """Return the cells of its line."""
        value, unit = (self.ours, self.unit) if self.ratio is None else (self.ratio, "x")
        beside = f"{self.alternative}: {told(self.theirs, self.unit)}" if self.theirs is not None else self.alternative
        ratio = "" if self.ratio is None else told(self.ratio, "x")
        goal = f"{self.goal.sign} {told(self.goal.limit, unit)}" if self.goal else ""
        met = "" if self.goal is None else "yes" if self.goal.is_met(value) else "**no**"
        return self.on, self.what, told(self.ours, self.unit), beside, ratio, goal, met


Program = Callable[[Run], Iterable[Figure]]


def told(value: float, unit: str) -> str:
    """Return a value with three significant digits, and its unit."""
    text = "∞" if value == math.inf else f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{text}x" if unit == "x" else f"{text} {unit}".rstrip()


def compared(
    on: str,
    what: str,
    pairs: Sequence[tuple[float, float]],
    alternative: str,
    goal: Goal | None = None,
    unit: str = "s",
) -> Figure:
    """Return the figure of pairs, ours and theirs, that were measured in turn: medians of both, and of their ratios.

    The ratio is ours to theirs. With a goal `at_least` for a cost it is theirs to ours: how many times as fast.
    """
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    turned = goal is not None and goal.sign == "≥" and unit in COSTS
    ratio = statistics.median(_ratio(b, a) if turned else _ratio(a, b) for a, b in pairs)
    return Figure(on, what, ours, unit, alternative, theirs, ratio, goal)


def _ratio(first: float, second: float) -> float:
    return first / second if second else math.inf


def mean(what: str, figures: Sequence[Figure], goal: Goal | None = None) -> Figure:
    """Return the geometric mean of figures against one alternative, with the least and the greatest ratio."""
    first, by_ratio = figures[0], sorted(figures, key=lambda figure: figure.ratio or 0)
    named = [f"{figure.what} {told(figure.ratio or 0, 'x')}" for figure in (by_ratio[0], by_ratio[-1])]
    what = f"{what}, geometric mean (from {' to '.join(named)})"
    ours, theirs, ratio = (
        statistics.geometric_mean(float(value) for figure in figures if (value := getattr(figure, name)))
        for name in ("ours", "theirs", "ratio")
    )
    return Figure(first.on, what, ours, first.unit, first.alternative, theirs, ratio, goal)


def growth(what: str, costs: Mapping[int, float], goal: Goal | None = None) -> Figure:
    """Return the exponent of costs by size: the slope of the straight line through their logarithms."""
    sizes, values = ([math.log(number) for number in numbers] for numbers in (costs, costs.values()))
    slope = statistics.linear_regression(sizes, values).slope
    on = f"{min(costs):,} to {max(costs):,} statements"
    return Figure(on, f"{what}, exponent of its growth", slope, "", goal=goal)


def timed(function: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds a call took, and what it returned."""
    begun = time.perf_counter()
    result = function()
    return time.perf_counter() - begun, result


def seconds(function: Callable[[], object]) -> float:
    """Return how many seconds a call took."""
    return timed(function)[0]


class Spent(NamedTuple):
    """What a command cost."""

    seconds: float
    busy: float  # seconds of the processor
    mb: float  # peak memory


def spent(command: Sequence[str], good: tuple[int, ...] = (0,)) -> Spent:
    """Run a command silently, without the texts of the sources; return what it cost. `good` has the exit codes."""
    environment = {**os.environ, "TIPGRAPH_TEXTS": ""}
    with TemporaryFile("w+") as errors:
        begun = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in good:
            errors.seek(0)
            raise SystemExit(f"failed: {' '.join(command)}\n{errors.read()}")
    return Spent(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def beside_python(name: str) -> str:
    """Return the path of a command that is installed beside this Python."""
    return str(Path(sys.executable).with_name(name))


def _with_memory(function: Callable[..., T], *arguments: object) -> tuple[T, float]:
    result = function(*arguments)
    return result, peak()


def peak() -> float:
    """Return the peak memory of this process in MB: of this program, not of the one that started it (`ru_maxrss`)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def held_by(pid: int) -> dict[int, int]:
    """Return the bytes of memory that a process and its children hold, each by its number, without files.

    What several of them share is divided among them.
    """
    sizes = dict[int, int]()
    for process in (pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split())):
        with suppress(OSError):  # it has ended
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
            sizes[process] = int(rollup.partition("Pss_Anon:")[2].split()[0]) << 10
    return sizes


def machine() -> str:
    """Return the day, the commit and the machine, as a sentence."""
    git = ["git", "-C", str(ROOT)]
    commit = _printed([*git, "rev-parse", "--short=10", "HEAD"]) or "unknown"
    changed = ", changed since" if _printed([*git, "status", "--porcelain", "src", "benchmarks", "queries"]) else ""
    cpu = Path("/proc/cpuinfo")
    names = [line for line in cpu.read_text().splitlines() if line.startswith("model name")] if cpu.exists() else []
    model = names[0].partition(": ")[2] if names else platform.processor()
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} at commit `{commit}`{changed}: {os.cpu_count()} cores"
        f"{f' of {model}' if model else ''}, load {os.getloadavg()[0]:.1f} before, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}."
    )


def _printed(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def spoken(figure: Figure) -> str:
    """Return what a reader feels: how many times the time, the memory or the number; "" without a ratio."""
    if figure.ratio is None:
        return ""
    ratio = figure.ratio
    if figure.unit in COSTS and figure.goal and figure.goal.sign == "≥":  # such a ratio is theirs to ours
        ratio = 1 / ratio
    if figure.unit not in ("s", "ms"):
        return f"{told(ratio, '')} times {'the memory' if figure.unit == 'MB' else 'as many'}"
    return f"{told(ratio, '')} times as long" if ratio > 1 else f"{told(1 / ratio, '')} times as fast"


def felt(name: str, said: str, figures: Sequence[Figure], chosen: Path) -> Iterator[str]:
    """Yield the line of the page for each figure that is chosen; a choice names how its cells begin."""
    when = said.removeprefix("Measured on ").partition(":")[0]
    with chosen.open(encoding="utf-8", newline="") as file:
        choices = [row for row in csv.DictReader(file) if row["bench"] == name]
    for row in choices:
        for figure in figures:
            if all(getattr(figure, key).startswith(row[key]) for key in ("on", "what", "alternative")):
                _, _, ours, beside, _, _, met = figure.cells()
                cells = (row["said"], figure.on, ours, beside, spoken(figure), met)
                said_so = " | ".join(cell.replace("|", "/") for cell in cells)
                yield f"| {said_so} | `make bench BENCH={name}` on {when} |"
                break


def write(name: str, said: str, figures: Sequence[Figure], page: Path = PAGE, chosen: Path = FELT) -> None:
    """Replace the lines of a program in the table of the page by those of its figures that a user feels."""
    lines, command = page.read_text("utf-8").splitlines(), f"| `make bench BENCH={name}` on"
    kept = [line for line in lines if command not in line]
    last = max((number for number, line in enumerate(kept) if line.startswith("|")), default=len(kept) - 1)
    place = next((number for number, line in enumerate(lines) if command in line), last + 1)
    kept[place:place] = felt(name, said, figures, chosen)
    page.write_text("\n".join(kept) + "\n", "utf-8")


def between(page: Path, name: str, block: str) -> None:
    """Replace what a page has between the marks of a program; raise SystemExit where it has none."""
    begin, end = f"<!-- figures: written by python -m benchmarks {name} --write -->", f"<!-- end of {name} -->"
    head, mark, rest = page.read_text("utf-8").partition(begin)
    _, last, tail = rest.partition(end)
    if not mark or not last:
        raise SystemExit(f"{page}: has no marks for the figures of {name}")
    page.write_text(f"{head}{begin}\n\n{block}\n\n{end}{tail}", "utf-8")


def agree(what: str, *, is_same: bool) -> None:
    """End the run where two sides gave different results: their times would say nothing."""
    if not is_same:
        raise SystemExit(f"{what}: the two sides gave different results")
