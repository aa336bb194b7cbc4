"""Every error that tipgraph raises on purpose, as a tree, with exit code and HTTP status."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import tipgraph
from docs.making.markdown import code, heading, link, page, paragraphs, plain, table
from tipgraph.errors import TipgraphError

Kind = type[TipgraphError]


def text() -> str:
    """Return the page of all errors."""
    return page(
        heading(1, "Errors"),
        "A failing check is an answer, not an error. tipgraph raises these errors on purpose. The command line prints "
        "the message and exits with the exit code. The server answers with the status, and the message as "
        "`application/problem+json`. Each message describes the fault and the remedy.",
        table(["error", "exit code", "status", "meaning"], [_row(kind, depth) for kind, depth in _tree(TipgraphError)]),
        *(part for kind, _ in _tree(TipgraphError) for part in _said(kind)),
    )


def all_errors() -> list[Kind]:
    """Return every error of the package, those of each module included, in the order of the tree."""
    return [kind for kind, _ in _tree(TipgraphError)]


def _tree(kind: Kind, depth: int = 0) -> Iterator[tuple[Kind, int]]:
    if not depth:
        for module in pkgutil.walk_packages(tipgraph.__path__, "tipgraph."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    yield kind, depth
    for below in sorted(kind.__subclasses__(), key=lambda one: one.__name__):
        yield from _tree(below, depth + 1)


def _row(kind: Kind, depth: int) -> list[str]:
    name = f"{'· ' * depth}{_link(kind)}"
    return [name, code(str(kind.exit_code)), code(str(kind.http_status)), plain(_first(kind))]


def _first(kind: Kind) -> str:
    return (inspect.getdoc(kind) or "").partition("\n")[0]


def _said(kind: Kind) -> Iterator[str]:
    yield heading(2, kind.__name__, "error", kind.__name__)
    yield paragraphs(inspect.getdoc(kind) or "")
    above = ", ".join(_link(one) for one in kind.__bases__ if issubclass(one, TipgraphError))
    below = f"A kind of {above}. " if above else ""
    yield f"`{kind.__module__}.{kind.__name__}`. {below}Exit code `{kind.exit_code}`, HTTP status `{kind.http_status}`."


def _link(kind: type) -> str:
    return link(kind.__name__, "error", kind.__name__)
