"""A release: a build of a corrected copy of a graph, with pages and exports as always, then one search of every file.

    policy  →  plan (what goes, is renamed, coarser or emptied)  →  corrected copy  →  graph  →  site · files  →  search

docs/explanations/release.md has the promise.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from tipgraph.errors import CallError, Fault, GraphError, InputError, TipgraphError
from tipgraph.graph import Graph, write
from tipgraph.model import Statement, data_name, kit, ontology
from tipgraph.outputs.files import FORMATS as EXPORTS
from tipgraph.outputs.files import export
from tipgraph.outputs.release.corrected import CorrectedCopy
from tipgraph.outputs.release.plan import SMALL, Plan, make_plan
from tipgraph.outputs.release.policy import Policy, read_policy
from tipgraph.outputs.release.search import Leak, Names, search
from tipgraph.outputs.site import render
from tipgraph.pipeline import derived_graph
from tipgraph.runtime import atomic_folder, need
from tipgraph.sources import Texts, unanswered_names

__all__ = ["FORMATS", "Compiled", "Leak", "LeakFound", "Policy", "compile_", "read_policy", "release"]

FORMATS: Final = tuple(suffix for suffix in EXPORTS if suffix != ".html")  # the site has the pictures
_LISTING: Final = ".tipgraph-release"
_SHOWN: Final = 20
_README: Final = """# Released on {day} by {program}

The makers of this release know more. They count what they withhold, and do not say what it is. A thing that is missing
here may exist. The place of a claim in its source may be withheld.

Withheld rows and values: {withheld}. Smallest count of people that is shown: {k}.

- `site/index.html`: pages to open in a browser
- `exports/`: the same as files for other programs, each with its manifest
- `graph.trig`: the graph itself (RDF), which `tipgraph -g graph.trig` reads
- `texts/`: the quoted words of each source, if there are any, for `--texts`
"""


class LeakFound(TipgraphError):
    """A release that has something withheld. `leaks` are the places; nothing was written.

    Withhold the thing by more of its names, or change the text if it is yours, and release again.
    """

    http_status = 500

    def __init__(self, leaks: Iterable[Leak]) -> None:
        """List the first leaks."""
        self.leaks = list(leaks)
        lines = [f"{leak.file}, {leak.place}: has {leak.what!r}, which is withheld" for leak in self.leaks[:_SHOWN]]
        super().__init__("\n".join([*lines, f"{len(self.leaks)} leaks; nothing is released"]))


@dataclass
class Compiled:
    """A graph under a policy: the released graph, and the quoted words of each source by the name of their file.

    `names` and `ids` are withheld; `counts` counts what is, by its reason.
    """

    graph: Graph
    excerpts: Mapping[str, str]
    names: Names
    ids: frozenset[str]
    counts: Counter[str]


def compile_(graph: Graph, policy: Policy, texts: Texts | None = None) -> Compiled:
    """Return what a policy leaves of a graph, derived again.

    Words are quoted only of the sources that the policy shows with words. Each call returns another graph: the rows of
    a source of which anything is withheld get new ids. Raises InputError if an entry of the policy does not fit the
    graph, MissingExtra without the extra `release`.
    """
    need("release", "a release")
    plan = make_plan(graph, policy)
    copy = CorrectedCopy(plan, texts or Texts())
    released = derived_graph(copy.statements())
    return Compiled(released, copy.excerpts, plan.names, plan.ids, _counts(plan))


def release(
    graph: Graph,
    out: Path | str,
    policy: Policy,
    *,
    texts: Texts | None = None,
    recipes: Iterable[tuple[str, str]] = (),
    formats: Iterable[str] = FORMATS,
    today: date | None = None,
) -> Compiled:
    """Write what a policy leaves of a graph into a folder: pages, exports, the graph, and a note that counts the rest.

    All of it is searched before it takes its place. `recipes` are as in `render`, `formats` are suffixes in `FORMATS`.
    Raises LeakFound for a withheld name, InputError if an entry of the policy does not fit the graph or nobody has
    answered a probable name of a person, CallError for a folder that holds anything but an earlier release; then
    nothing is written.
    """
    target, day = Path(out), today or datetime.now(UTC).date()
    compiled = compile_(graph, policy, texts)
    _refuse_persons(compiled.graph)
    try:
        with atomic_folder(target, _LISTING) as folder:
            for name, words in compiled.excerpts.items():
                (folder / "texts").mkdir(exist_ok=True)
                (folder / "texts" / name).write_text(words, "utf-8", newline="\n")
            quotes = Texts(folder / "texts" if compiled.excerpts else None)
            write(compiled.graph, folder / "graph.trig")
            render(compiled.graph, folder / "site", texts=quotes, recipes=recipes, page_pictures=False)
            (folder / "exports").mkdir()
            for suffix in formats:
                export(compiled.graph, f"{folder / 'exports' / 'tipgraph'}{suffix}")
            program, withheld = f"tipgraph {kit.VERSION}", compiled.counts.total()  # one sum: parts can be subtracted
            note = _README.format(day=day.isoformat(), program=program, withheld=withheld, k=policy.k)
            (folder / "README.md").write_text(note, "utf-8", newline="\n")
            if leaks := list(search(folder, compiled.names, compiled.ids)):
                raise LeakFound(leaks)
    except FileExistsError as error:
        raise CallError(f"{target}: {error.strerror}; name a folder that is new or empty") from error
    except OSError as error:
        raise GraphError(f"{target}: cannot be written: {error.strerror}; name another place") from error
    return compiled


def _refuse_persons(released: Graph) -> None:
    """Raise InputError for probable names of persons that nobody has answered in `reference/allowed.csv`."""
    statements = [Statement(*quad) for quad in released.quads()]
    found = unanswered_names(statements, ontology(), kit.data())
    if faults := [Fault(concern.named, data_name(node.value)) for node, concern in found]:
        raise InputError(faults)


def _counts(plan: Plan) -> Counter[str]:
    """Count what is withheld, by reason. Only the person who releases sees it."""
    renamed = [entry.reason for entry in plan.policy.entries if entry.kind != "withhold"]
    gone = [*plan.gone.nodes.values(), *plan.gone.statements.values()]
    return Counter([*gone, *renamed, *[SMALL] * len(plan.emptied)])
