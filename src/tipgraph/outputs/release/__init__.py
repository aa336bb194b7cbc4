"""A release: the part of a graph that a policy allows, as pages, files and a graph. The leak test attacks it first.

    policy  →  decisions · cell_suppression · closure  →  plan  →  pseudonymize · generalize
    →  a graph without the rest  →  site · files · graph  →  attack (with the secrets)

`reidentification` lists who could still be recognized. docs/explanations/release.md has the promise.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyoxigraph import Literal

from tipgraph.errors import CallError, Fault, GraphError, InputError, TipgraphError
from tipgraph.graph import Graph, write
from tipgraph.model import Statement, data_name, kit, ontology
from tipgraph.outputs.files import FORMATS as EXPORTS
from tipgraph.outputs.files import export
from tipgraph.outputs.release.attack import Leak, Secrets, attack
from tipgraph.outputs.release.decisions import decide
from tipgraph.outputs.release.plan import ReleasePlan
from tipgraph.outputs.release.policy import Policy, PolicyEntry, read_policy
from tipgraph.outputs.release.pseudonymize import Pseudonymizer
from tipgraph.outputs.release.reidentification import Doubt, doubts
from tipgraph.outputs.release.withheld import Withheld
from tipgraph.outputs.site import assets, render
from tipgraph.pipeline import derived_graph
from tipgraph.runtime import atomic_folder, need
from tipgraph.sources import Texts, unanswered_names

__all__ = [
    "FORMATS",
    "Compiled",
    "Doubt",
    "Leak",
    "LeakFound",
    "Policy",
    "Released",
    "compile_",
    "read_policy",
    "release",
    "verify",
]

FORMATS: Final = tuple(suffix for suffix in EXPORTS if suffix != ".html")  # the site has the pictures
NOTE: Final = "release.json"
_LISTING: Final = ".tipgraph-release"
_GRAPH: Final = "graph.trig"
_PART: Final = "tipgraph"  # the name of the exported files, before their suffix
_SHOWN: Final = 20


class LeakFound(TipgraphError):
    """A release that shows a withheld secret. `leaks` are the places; nothing was written.

    Withhold the thing by more of its names, or change the text if it is yours, and release again.
    """

    http_status = 500

    def __init__(self, leaks: Iterable[Leak]) -> None:
        """Keep each leak once, and list them by secret."""
        self.leaks = list(dict.fromkeys(leaks))
        kinds: dict[str, list[Leak]] = {}
        for leak in self.leaks:
            kinds.setdefault(leak.what, []).append(leak)
        lines = [f"{leaks[0]}{f' (and in {len(leaks) - 1} more)' if leaks[1:] else ''}" for leaks in kinds.values()]
        more = [f"… and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
        super().__init__("\n".join([*lines[:_SHOWN], *more, f"{len(self.leaks)} leaks; nothing is released"]))


@dataclass
class Compiled:
    """A graph under a policy: the released graph, its secrets, counts by reason, doubts, and entries due for review."""

    graph: Graph
    secrets: Secrets
    texts: Texts
    counts: Counter[tuple[str, str]]
    doubts: list[Doubt]
    due: list[PolicyEntry]


@dataclass
class Released:
    """A written release: its folder, its files, and what was compiled."""

    folder: Path
    compiled: Compiled
    files: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """The result in one line."""
        return (
            f"{len(self.compiled.graph):,} statements in {len(self.files):,} files, read back; none shows any of "
            f"{len(self.compiled.secrets):,} withheld names, ids, words, days and figures"
        )


def compile_(graph: Graph, policy: Policy, texts: Texts | None = None, today: date | None = None) -> Compiled:
    """Return what a policy leaves of a graph, derived again.

    A text is quoted only if the policy shows its source with words and nothing of the source is withheld. Each call
    returns another graph: a source of which anything is withheld gets new ids. Raises InputError if an entry of the
    policy does not fit the graph, MissingExtra without the extra `release`.
    """
    need("release", "a release")
    at_hand = texts or Texts()
    plan = decide(graph, policy, at_hand)
    pseudonymizer = Pseudonymizer(plan)
    released = derived_graph(pseudonymizer.statements())
    withheld = Withheld(plan, pseudonymizer.name, released)
    return Compiled(
        released,
        withheld.secrets(),
        at_hand.only(plan.quotes.may),
        _counts(plan),
        doubts(withheld, graph.labels(plan.index.spoken(plan.index.claims))),
        policy.due(today or datetime.now(UTC).date()),
    )


def release(
    graph: Graph,
    out: Path | str,
    policy: Policy,
    *,
    texts: Texts | None = None,
    recipes: Iterable[tuple[str, str]] = (),
    formats: Iterable[str] = FORMATS,
    today: date | None = None,
) -> Released:
    """Write what a policy leaves of a graph into a folder: pages, exports, the graph, and a note that counts the rest.

    The leak test attacks all of it before it takes its place. `recipes` are as in `render`, `formats` are suffixes in
    `FORMATS`. Raises LeakFound for a leak, InputError if an entry of the policy does not fit the graph or nobody has
    answered a probable name of a person, CallError for a folder that holds anything but an earlier release; then
    nothing is written.
    """
    target, day = Path(out), today or datetime.now(UTC).date()
    compiled = compile_(graph, policy, texts, day)
    if faults := list(_name_faults(compiled.graph)):
        raise InputError(faults)
    try:
        with atomic_folder(target, _LISTING) as folder:
            write(compiled.graph, folder / _GRAPH)
            render(compiled.graph, folder / "site", texts=compiled.texts, recipes=recipes, page_pictures=False)
            (folder / "exports").mkdir()
            for suffix in formats:
                export(compiled.graph, f"{folder / 'exports' / _PART}{suffix}")
            _write_note(folder, compiled, policy, day)
            if leaks := list(_leaks(folder, compiled.secrets, day.isoformat())):
                raise LeakFound(leaks)
            files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    except FileExistsError as error:
        raise CallError(f"{target}: {error.strerror}; name a folder that is new or empty") from error
    except OSError as error:
        raise GraphError(f"{target}: cannot be written: {error.strerror}; name another place") from error
    return Released(target, compiled, files)


def _name_faults(released: Graph) -> Iterator[Fault]:
    """Yield the probable names of persons in a release that nobody has answered in `reference/allowed.csv`."""
    statements = [Statement(*quad) for quad in released.quads()]
    for node, concern in unanswered_names(statements, ontology(), kit.data()):
        yield Fault(concern.named, data_name(node.value))


def verify(graph: Graph, folder: Path | str, policy: Policy, texts: Texts | None = None) -> list[Leak]:
    """Attack a release again, for example one that somebody has edited, and return its leaks.

    Give the graph, the policy and the texts from which it was made. Raises CallError for a folder that is no release.
    """
    target = Path(folder)
    if not (target / NOTE).is_file():
        raise CallError(f"{target}: has no {NOTE}; name the folder of a release")
    try:
        released = str(json.loads((target / NOTE).read_text("utf-8"))["released"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise CallError(f"{target / NOTE}: was changed; release again") from error
    return list(_leaks(target, compile_(graph, policy, texts).secrets, released))


def _leaks(folder: Path, secrets: Secrets, released: str) -> Iterator[Leak]:
    """Attack a release. Its own notes may show the day of the release, though that day is withheld of a claim."""
    own_days = {f"the day {released}", f"the day {released[:7]}"}
    for leak in attack(folder, secrets, _kit_digests()):
        if not (leak.file in (NOTE, "README.md") and leak.what in own_days):
            yield leak


@cache
def _kit_digests() -> frozenset[str]:
    """Return the digests of the files that every release has."""
    with TemporaryDirectory() as folder:
        assets.write(Path(folder))
        places = (Path(folder), kit.folder("ontology"))
        return frozenset(
            sha256(path.read_bytes()).hexdigest() for place in places for path in place.rglob("*") if path.is_file()
        )


def _counts(plan: ReleasePlan) -> Counter[tuple[str, str]]:
    """Count what is withheld, by kind and reason: for the person who releases, and nobody else."""
    counts: Counter[tuple[str, str]] = Counter()
    for node, reason in plan.taken.nodes.items():
        if kind := next((kind for kind in ("Source", "Claim", "Thing") if kind in plan.index.classes(node)), ""):
            counts[kind.lower(), reason] += 1
    counts.update(("value of a claim", reason) for quad, reason in plan.taken.statements.items()
                  if isinstance(quad.object, Literal) and quad.subject not in plan.taken.nodes)  # fmt: skip
    counts.update(("actor under another name", entry.reason) for entry in plan.renamed.values())
    counts.update(("count of people", reason) for reason in plan.small.values())
    coarser = (entry for entry in plan.policy.entries if entry.kind == "coarsen")
    counts.update(("place or date made coarser", entry.reason) for entry in coarser)
    for quad in filter(plan.quotes.leaves_out, plan.left):
        counts["text of an import", f"{data_name(quad.source.value)} is shown without words"] += 1
    for node in plan.closed - plan.sources - plan.taken.nodes.keys():
        counts["places in a source", f"something of {data_name(node.value)} is withheld"] += 1
    return counts


def _write_note(folder: Path, compiled: Compiled, policy: Policy, day: date) -> None:
    """Write the counts of what is withheld, for programs and people; without reasons, which would split the counts."""
    counts: Counter[str] = Counter()
    for (kind, _), count in compiled.counts.items():
        counts[kind] += count
    note = {
        "made by": f"tipgraph {kit.VERSION}",
        "released": day.isoformat(),
        "graph": {"digest": compiled.graph.digest, "statements": len(compiled.graph)},
        "smallest count of people": policy.k,
        "withheld": dict(sorted(counts.items())),
        "read": _READ,
    }
    (folder / NOTE).write_text(json.dumps(note, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
    rows = [f"| {kind} | {count} |" for kind, count in sorted(counts.items())]
    table = ["| withheld | how many |", "|---|---|", *rows] if rows else ["Nothing is withheld."]
    text = [f"# Released on {day.isoformat()} by tipgraph {kit.VERSION}", "", _READ, "", *table, "", *_WHERE, ""]
    (folder / "README.md").write_text("\n".join(text), "utf-8", newline="\n")


_READ: Final = (
    "This is a part of what its makers know. What is withheld is counted here and not told. That a thing is missing "
    "here does not mean that it does not exist. A source of which anything is withheld is named without places in it."
)
_WHERE: Final = (
    "- `site/index.html`: pages to open in a browser",
    "- `exports/`: the same as files for other programs, each with its manifest",
    "- `graph.trig`: the graph itself (RDF), which `tipgraph -g graph.trig` reads",
)
