"""A release: the part of a graph that a policy lets out, as pages, files and a graph. It is attacked first.

    policy  →  decisions · cell_suppression · closure  →  plan  →  pseudonymize · generalize
    →  a graph without the rest  →  site · files · graph  →  attack (with what is withheld)

`reidentification` lists who could still be recognized. The promise is in docs/explanations/release.md.
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

from tipgraph.errors import CallError, GraphError, TipgraphError
from tipgraph.graph import Graph, write
from tipgraph.model import data_name, kit
from tipgraph.outputs.files import FORMATS, export
from tipgraph.outputs.release.attack import Leak, Secrets, attack
from tipgraph.outputs.release.decisions import decide
from tipgraph.outputs.release.plan import Decided
from tipgraph.outputs.release.policy import Policy, PolicyEntry, read_policy
from tipgraph.outputs.release.pseudonymize import Rewriting
from tipgraph.outputs.release.reidentification import Doubt, doubts
from tipgraph.outputs.release.withheld import Withheld
from tipgraph.outputs.site import assets, render
from tipgraph.pipeline import derived_graph
from tipgraph.runtime import atomic_folder, need
from tipgraph.sources import Texts

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

NOTE: Final = "release.json"
_LISTING: Final = ".tipgraph-release"
_GRAPH: Final = "graph.trig"
_PART: Final = "tipgraph"  # the name of the exported files, before their suffix
_SHOWN: Final = 20


class LeakFound(TipgraphError):
    """A release that tells what is withheld; `leaks` are the places, and nothing was written.

    Withhold what the places speak of by a wider name, or change them where they are ours, and release again.
    """

    http_status = 500

    def __init__(self, found: Iterable[Leak]) -> None:
        """Keep the leaks, each once."""
        self.leaks = list(dict.fromkeys(found))
        kinds: dict[str, list[Leak]] = {}
        for leak in self.leaks:
            kinds.setdefault(leak.what, []).append(leak)
        told = [f"{leaks[0]}{f' (and in {len(leaks) - 1} more)' if leaks[1:] else ''}" for leaks in kinds.values()]
        more = [f"… and {len(told) - _SHOWN} more"] if len(told) > _SHOWN else []
        super().__init__("\n".join([*told[:_SHOWN], *more, f"{len(self.leaks)} leaks; nothing is released"]))


@dataclass
class Compiled:
    """A graph under a policy: what may be shown, what must not be told, the counts by reason, what a person decides."""

    graph: Graph
    secrets: Secrets
    texts: Texts
    counts: Counter[tuple[str, str]]
    doubts: list[Doubt]
    due: list[PolicyEntry]


@dataclass
class Released:
    """What was released: the files that were attacked, and how it was compiled."""

    folder: Path
    compiled: Compiled
    files: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """What was written and attacked, in a line."""
        return (
            f"{len(self.compiled.graph):,} statements in {len(self.files):,} files, read back; none tells any of "
            f"{len(self.compiled.secrets):,} names, ids, words, days and figures that are withheld"
        )


def compile_(graph: Graph, policy: Policy, texts: Texts | None = None, today: date | None = None) -> Compiled:
    """Return what a policy leaves of a graph, derived anew; raise InputError where the policy means nothing here.

    `texts` that are at hand are quoted only of sources that the policy shows with words, and of which nothing is
    withheld. Each time it is another graph: of a source of which anything is withheld all ids are new. Raises
    MissingExtra without the extra `release`.
    """
    need("release", "a release")
    at_hand = texts or Texts()
    decided = decide(graph, policy, at_hand)
    rewriting = Rewriting(decided)
    released = derived_graph(rewriting.statements())
    withheld = Withheld(decided, rewriting.name, released)
    return Compiled(
        released,
        withheld.secrets(),
        at_hand.only(decided.quotes.may),
        _counts(decided),
        doubts(withheld, graph.labels(decided.web.spoken(decided.web.claims))),
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
    """Write what a policy leaves of a graph into a folder: pages, exports, the graph, and a note on what is withheld.

    All of it is attacked before it takes its place. Raises LeakFound where anything withheld stands in it, InputError
    where the policy means nothing here, CallError for a folder that holds anything but an earlier release; then nothing
    is written. `recipes` are as in `render`, `formats` are suffixes of `exports.FORMATS`.
    """
    target, day = Path(out), today or datetime.now(UTC).date()
    compiled = compile_(graph, policy, texts, day)
    try:
        with atomic_folder(target, _LISTING) as folder:
            write(compiled.graph, folder / _GRAPH)
            render(compiled.graph, folder / "site", texts=compiled.texts, recipes=recipes)
            (folder / "exports").mkdir()
            for suffix in formats:
                export(compiled.graph, f"{folder / 'exports' / _PART}{suffix}")
            _write_note(folder, compiled, policy, day)
            if found := list(_leaks(folder, compiled.secrets, day.isoformat())):
                raise LeakFound(found)
            files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    except FileExistsError as error:
        raise CallError(f"{target}: {error.strerror}; name a folder that is new or empty") from error
    except OSError as error:
        raise GraphError(f"{target}: cannot be written: {error.strerror}; name another place") from error
    return Released(target, compiled, files)


def verify(graph: Graph, folder: Path | str, policy: Policy, texts: Texts | None = None) -> list[Leak]:
    """Attack a release again, such as one that somebody has worked on: return what it tells that a policy withholds.

    What is withheld is that of this graph under this policy, with the texts with which it was made. Raises CallError
    for a folder that is no release.
    """
    target = Path(folder)
    if not (target / NOTE).is_file():
        raise CallError(f"{target}: holds no {NOTE}; name the folder of a release")
    try:
        released = str(json.loads((target / NOTE).read_text("utf-8"))["released"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise CallError(f"{target / NOTE}: is not as a release writes it; release again") from error
    return list(_leaks(target, compile_(graph, policy, texts).secrets, released))


def _leaks(folder: Path, secrets: Secrets, released: str) -> Iterator[Leak]:
    """Attack a release; the day on which it was made may be withheld of something else, and is told by its notes."""
    said = {f"the day {released}", f"the day {released[:7]}"}
    for leak in attack(folder, secrets, _carried()):
        if not (leak.file in (NOTE, "README.md") and leak.what in said):
            yield leak


@cache
def _carried() -> frozenset[str]:
    """Return the digests of the files that every release has, whatever the graph."""
    with TemporaryDirectory() as folder:
        assets.write(Path(folder))
        places = (Path(folder), kit.folder("ontology"))
        return frozenset(
            sha256(path.read_bytes()).hexdigest() for place in places for path in place.rglob("*") if path.is_file()
        )


def _counts(decided: Decided) -> Counter[tuple[str, str]]:
    """Return how much is withheld, by what it is and why: for the person who releases, and nobody else."""
    counts: Counter[tuple[str, str]] = Counter()
    for node, why in decided.taken.nodes.items():
        kind = next((kind for kind in ("Source", "Claim", "Thing") if kind in decided.web.classes(node)), "")
        counts[kind.lower(), why] += bool(kind)
    counts.update(("value of a claim", why) for one, why in decided.taken.statements.items()
                  if isinstance(one.object, Literal) and one.subject not in decided.taken.nodes)  # fmt: skip
    counts.update(("actor under another name", entry.reason) for entry in decided.renamed.values())
    counts.update(("count of people", why) for why in decided.small.values())
    coarser = (entry for entry in decided.policy.entries if entry.kind == "coarsen")
    counts.update(("place or date made coarser", entry.reason) for entry in coarser)
    shown = [node for node in decided.closed if node not in decided.sources | decided.taken.nodes.keys()]
    counts.update(("places in a source", f"something of {data_name(node.value)} is withheld") for node in shown)
    return +counts


def _write_note(folder: Path, compiled: Compiled, policy: Policy, day: date) -> None:
    """Write how much is withheld, for programs and for people: not what, and not why, which would part the counts."""
    counts: Counter[str] = Counter()
    for (what, _), count in compiled.counts.items():
        counts[what] += count
    note = {
        "made by": f"tipgraph {kit.VERSION}",
        "released": day.isoformat(),
        "graph": {"digest": compiled.graph.digest, "statements": len(compiled.graph)},
        "smallest count of people": policy.k,
        "withheld": dict(sorted(counts.items())),
        "read": _READ,
    }
    (folder / NOTE).write_text(json.dumps(note, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
    rows = [f"| {what} | {count} |" for what, count in sorted(counts.items())]
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
