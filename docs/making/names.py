"""The public names of `tipgraph.__all__` with their attributes and methods, and the types that they return."""

import inspect
from collections.abc import Iterator

import tipgraph
from docs.making.markdown import fence, heading, page
from tipgraph.display.claims import CitedSentence, ClaimView, ContradictionView, Trait
from tipgraph.display.thing import Account
from tipgraph.errors import Fault
from tipgraph.graph.corroboration import Standing, Support
from tipgraph.graph.graph import Citation, Remark
from tipgraph.graph.nearby import Near
from tipgraph.graph.query import Answer
from tipgraph.graph.sparql import Header, Parameter
from tipgraph.model.templates import Word
from tipgraph.outputs.files import Extract
from tipgraph.outputs.site.embed import Drawing
from tipgraph.pipeline.shacl import Finding
from tipgraph.server import Options
from tipgraph.sources.folder import Row, Table, Texts

# Parameter and return types of public names that are not public names themselves.
BESIDES: tuple[type, ...] = (
    Account, Answer, Citation, CitedSentence, ClaimView, ContradictionView, Drawing, Extract, Fault, Finding, Header,
    Near, Options, Parameter, Remark, Row, Standing, Support, Table, Texts, Trait, Word,
)  # fmt: skip


def text() -> str:
    """Return the page of all public names, as directives for autodoc."""
    classes = [name for name in tipgraph.__all__ if inspect.isclass(getattr(tipgraph, name))]
    functions = [name for name in tipgraph.__all__ if inspect.isfunction(getattr(tipgraph, name))]
    return page(
        heading(1, "Python"),
        "`import tipgraph` gives these names and no others. All other names may change without notice.",
        heading(2, "Functions"),
        *(fence(f".. autofunction:: tipgraph.{name}", "{eval-rst}") for name in functions),
        heading(2, "Classes"),
        *(part for name in classes for part in _class(f"tipgraph.{name}", getattr(tipgraph, name))),
        heading(2, "Terms"),
        "`tipgraph.tip` holds each [class](classes.md) and [property](properties.md) of the ontology as a `URIRef` of "
        "rdflib: `tip.Funding` is `https://w3id.org/tipgraph/ns#Funding`. A misspelled name raises AttributeError.",
        heading(2, "Parameter and return types"),
        "Their modules are not public. The types are listed here for their attributes.",
        *(part for kind in BESIDES for part in _class(f"{kind.__module__}.{kind.__qualname__}", kind)),
    )


def _class(path: str, kind: type) -> Iterator[str]:
    yield heading(3, path.rpartition(".")[2], "name", path.rpartition(".")[2])
    lines = [f".. autoclass:: {path}"]
    lines += [f"\n   .. auto{_sort(kind, name)}:: {path}.{name}" for name in members(kind)]
    yield fence("\n".join(lines), "{eval-rst}")


def members(kind: type) -> list[str]:
    """Return the public attributes and methods of a class, in the order in which it declares them."""
    ours = [above for above in reversed(kind.__mro__) if above.__module__.startswith("tipgraph")]
    return [name for name in dict.fromkeys(name for above in ours for name in _own(above)) if not name.startswith("_")]


def _own(kind: type) -> list[str]:
    fields = getattr(kind, "__annotations__", {})
    return [*fields, *(name for name in vars(kind) if name not in fields)]


def _sort(kind: type, name: str) -> str:
    found = inspect.getattr_static(kind, name, None)
    return "method" if isinstance(found, (staticmethod, classmethod)) or inspect.isfunction(found) else "attribute"
