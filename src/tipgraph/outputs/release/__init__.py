"""A release: a build of a corrected copy of a graph, with pages and exports as always, then one search of every file.

    policy  →  plan (what goes, is renamed, coarser or emptied)  →  corrected copy  →  graph  →  site · files  →  search

docs/explanations/release.md has the promise.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tipgraph.errors import CallError, InputError, TipgraphError
from tipgraph.graph import Graph, write
from tipgraph.model import kit, today
from tipgraph.outputs.files import FORMATS as EXPORTS
from tipgraph.outputs.files import extract, save
from tipgraph.outputs.release.corrected import Compiled
from tipgraph.outputs.release.plan import make_plan
from tipgraph.outputs.release.policy import Policy, read_policy
from tipgraph.outputs.release.search import Leak, search
from tipgraph.outputs.site import render, write_errors
from tipgraph.runtime import atomic_folder, need
from tipgraph.sources import Texts

__all__ = ["FORMATS", "Compiled", "Leak", "LeakFound", "Policy", "compile_", "read_policy", "release"]

FORMATS: Final = tuple(suffix for suffix in EXPORTS if suffix != ".html")  # the site has the pictures
_LISTING: Final = ".tipgraph-release"


class LeakFound(TipgraphError):
    """A release that has something withheld. `leaks` are the places; nothing was written.

    Withhold the thing by more of its names, or change the text if it is yours (a question, a term), and release again.
    """

    http_status = 500

    def __init__(self, leaks: Iterable[Leak]) -> None:
        """List all leaks."""
        self.leaks = list(leaks)
        lines = [f"{leak.file}, {leak.place}: has {leak.what!r}, which is withheld" for leak in self.leaks]
        super().__init__("\n".join([*lines, f"{len(self.leaks)} leaks; nothing is released"]))


def compile_(graph: Graph, policy: Policy, texts: Texts | None = None) -> Compiled:
    """Return what a policy leaves of a graph, derived again.

    Words are quoted only of the sources that the policy shows with words. Each call returns another graph: the rows of
    a source of which anything is withheld get new ids. Raises InputError if an entry of the policy does not fit the
    graph, MissingExtra without the extra `release`.
    """
    need("release", "a release")
    return Compiled(make_plan(graph, policy), texts or Texts())


def release(
    graph: Graph,
    out: Path | str,
    policy: Policy,
    *,
    texts: Texts | None = None,
    recipes: Iterable[tuple[str, str]] = (),
    formats: Sequence[str] = FORMATS,
) -> Compiled:
    """Write what a policy leaves of a graph into a folder: pages, exports, the graph, and a note that counts the rest.

    All of it is searched before it takes its place. `recipes` are as in `render`, `formats` are suffixes in `FORMATS`.
    Raises LeakFound for a withheld name, InputError if an entry of the policy does not fit the graph or nobody has
    answered a probable name of a person, CallError for an unknown format and for a folder that holds anything but an
    earlier release; then nothing is written.
    """
    if strange := sorted(set(formats).difference(FORMATS)):
        raise CallError(f"{', '.join(strange)}: no release has this format; name some of {', '.join(FORMATS)}")
    target = Path(out)
    compiled = compile_(graph, policy, texts)
    if compiled.unanswered:
        raise InputError(compiled.unanswered)
    with write_errors(target, "name a folder that is new or empty"), atomic_folder(target, _LISTING) as folder:
        for name, words in compiled.excerpts.items():
            (folder / "texts").mkdir(exist_ok=True)
            (folder / "texts" / name).write_text(words, "utf-8", newline="\n")
        quotes = Texts(folder / "texts" if compiled.excerpts else None)
        write(compiled.graph, folder / "graph.trig")
        render(compiled.graph, folder / "site", texts=quotes, recipes=recipes, page_pictures=False)
        (folder / "exports").mkdir()
        part = extract(compiled.graph)
        for suffix in formats:
            save(part, f"{folder / 'exports' / 'tipgraph'}{suffix}")
        program, withheld = f"tipgraph {kit.VERSION}", compiled.counts.total()  # one sum: parts can be subtracted
        note = (kit.code("outputs/release") / "README.txt").read_text("utf-8")
        note = note.format(day=today(), program=program, withheld=withheld, k=policy.k)
        (folder / "README.md").write_text(note, "utf-8", newline="\n")
        if leaks := list(search(folder, compiled.names, compiled.ids)):
            raise LeakFound(leaks)
    return compiled
