"""A release: what may be shown of a graph, written as pages, exports and a graph, and read back before it is one.

    policy (what a person decided)  →  deciding (what that means for a graph) · counts · settling  →  rewriting
    →  a graph that never held the rest  →  pages · exports · graph  →  fields (read back)  →  leaks

`ties` says who could be recognized all the same.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from pyoxigraph import Literal

from tipgraph import kit
from tipgraph.errors import CallError, GraphError, TipgraphError
from tipgraph.exports import FORMATS, export
from tipgraph.files import whole_folder
from tipgraph.graph import Graph
from tipgraph.guests import need
from tipgraph.pages import render
from tipgraph.pipeline import whole
from tipgraph.release.deciding import Decided, decide
from tipgraph.release.leaks import Leak, leaks_in
from tipgraph.release.policy import REASONS, Entry, Policy, read_policy
from tipgraph.release.quoting import quotable
from tipgraph.release.rewriting import Rewriting
from tipgraph.release.secrets import Secrets, secrets_of
from tipgraph.release.ties import Doubt, doubts
from tipgraph.sources import Texts
from tipgraph.statements import Statement
from tipgraph.storage import write

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

NOTE = "release.json"
_LISTING = ".tipgraph-release"
_GRAPH = "graph.trig"
_PART = "tipgraph"  # the name of the exported files, before their suffix


class LeakFound(TipgraphError):
    """A release that tells what is withheld; `leaks` are the places, and nothing was written.

    Withhold what the places speak of by a wider name, or change them where they are ours, and release again.
    """

    http_status = 500

    def __init__(self, found: Iterable[Leak]) -> None:
        """Keep the leaks, each once."""
        self.leaks = list(dict.fromkeys(found))
        more = [f"… and {len(self.leaks) - _SHOWN} more"] if len(self.leaks) > _SHOWN else []
        told = [*map(str, self.leaks[:_SHOWN]), *more, f"{len(self.leaks)} leaks; nothing is released"]
        super().__init__("\n".join(told))


_SHOWN = 20


@dataclass
class Compiled:
    """A graph under a policy: what may be shown, what must not be told, the counts by reason, what a person decides."""

    graph: Graph
    secrets: Secrets
    texts: Texts
    counts: Counter[tuple[str, str]]
    doubts: list[Doubt]
    due: list[Entry]


@dataclass
class Released:
    """What was released: the files that were read back, and how it was compiled."""

    folder: Path
    compiled: Compiled
    files: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """What was written and read back, in a line."""
        sought = len(self.compiled.secrets)
        return (
            f"{len(self.compiled.graph):,} statements in {len(self.files):,} files, read back; none tells any of "
            f"{sought:,} names, ids, words, places and figures that are withheld"
        )


def compile_(graph: Graph, policy: Policy, texts: Texts | None = None, today: date | None = None) -> Compiled:
    """Return what a policy leaves of a graph, derived anew; raise InputError where the policy means nothing here.

    `texts` that are at hand are quoted only of sources that the policy shows with words, and nowhere near what is
    withheld. Raises MissingGuest without the extra `release`.
    """
    need("release", "a release")
    decided = decide(graph, policy)
    rewriting = Rewriting(decided)
    released = whole(rewriting.statements())
    now = [Statement(*quad) for quad in released.quads()]
    secrets = secrets_of(decided, rewriting.name, released, now)
    labels = graph.labels(decided.web.spoken(decided.web.claims))
    return Compiled(
        released,
        secrets,
        (texts or Texts()).only(quotable(decided, secrets)),
        _counts(decided),
        doubts(decided, labels, now),
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

    All of it is read back before it takes its place. Raises LeakFound where anything withheld stands in it, InputError
    where the policy means nothing here, CallError for a folder that holds anything but an earlier release; then nothing
    is written. `recipes` are as in `render`, `formats` are suffixes of `exports.FORMATS`.
    """
    target, day = Path(out), today or datetime.now(UTC).date()
    compiled = compile_(graph, policy, texts, day)
    try:
        with whole_folder(target, _LISTING) as folder:
            write(compiled.graph, folder / _GRAPH)
            render(compiled.graph, folder / "site", texts=compiled.texts, recipes=recipes)
            (folder / "exports").mkdir()
            for suffix in formats:
                export(compiled.graph, f"{folder / 'exports' / _PART}{suffix}")
            _write_note(folder, compiled, policy, day)
            if found := list(leaks_in(folder, compiled.secrets)):
                raise LeakFound(found)
            files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    except FileExistsError as error:
        raise CallError(f"{target}: {error.strerror}; name a folder that is new or empty") from error
    except OSError as error:
        raise GraphError(f"{target}: cannot be written: {error.strerror}; name another place") from error
    return Released(target, compiled, files)


def verify(graph: Graph, folder: Path | str, policy: Policy) -> list[Leak]:
    """Read a release back again, such as one that somebody has worked on, and return what it tells that is withheld.

    It must be one of this graph under this policy. Raises CallError for a folder that is none.
    """
    target = Path(folder)
    if not (target / NOTE).is_file():
        raise CallError(f"{target}: holds no {NOTE}; name the folder of a release")
    compiled = compile_(graph, policy)
    made = json.loads((target / NOTE).read_text("utf-8"))
    if made.get("graph", {}).get("digest") != compiled.graph.digest:
        raise CallError(f"{target}: was made of another graph, or under another policy; name those that it was made of")
    return list(leaks_in(target, compiled.secrets))


def _counts(decided: Decided) -> Counter[tuple[str, str]]:
    """Return how much is withheld, by what it is and why."""
    counts: Counter[tuple[str, str]] = Counter()
    for node, why in decided.taken.nodes.items():
        kind = next((kind for kind in ("Source", "Claim", "Thing") if kind in decided.web.classes(node)), "")
        counts[kind.lower(), why] += bool(kind)
    counts.update(("value of a claim", why) for one, why in decided.taken.statements.items()
                  if isinstance(one.object, Literal) and one.subject not in decided.taken.nodes)  # fmt: skip
    counts.update(("actor under another name", entry.reason) for entry in decided.renamed.values())
    counts.update(("count of persons", why) for why in decided.small.values())
    coarser = (entry for entry in decided.policy.entries if entry.kind == "coarsen")
    counts.update(("place or date made coarser", entry.reason) for entry in coarser)
    counts["place of a claim in its text", "would tell what is withheld"] = len(decided.touched)
    return +counts


def _write_note(folder: Path, compiled: Compiled, policy: Policy, day: date) -> None:
    """Write what was withheld as counts by reason, for programs and for people, without telling what."""
    counts = [
        {"what": what, "why": REASONS.get(why, why), "count": count}
        for (what, why), count in sorted(compiled.counts.items())
    ]
    note = {
        "made by": f"tipgraph {kit.VERSION}",
        "released": day.isoformat(),
        "graph": {"digest": compiled.graph.digest, "statements": len(compiled.graph)},
        "smallest count of detected persons": policy.k,
        "withheld": counts,
        "read": _READ,
    }
    (folder / NOTE).write_text(json.dumps(note, ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
    rows = [f"| {one['what']} | {one['why']} | {one['count']} |" for one in counts]
    table = ["| what | why | how many |", "|---|---|---|", *rows] if rows else ["Nothing is withheld."]
    text = [f"# Released on {day.isoformat()} by tipgraph {kit.VERSION}", "", _READ, "", *table, "", *_WHERE, ""]
    (folder / "README.md").write_text("\n".join(text), "utf-8", newline="\n")


_READ = (
    "This is a part of what its makers know. What is withheld is counted here and not told; silence is not absence. A "
    "claim whose place in a text is withheld says so, and names its source."
)
_WHERE = (
    "- `site/index.html`: pages to open in a browser",
    "- `exports/`: the same as files for other programs, each with its manifest",
    "- `graph.trig`: the graph itself (RDF), which `tipgraph -g graph.trig` reads",
)
