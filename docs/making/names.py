"""The public names: what `tipgraph.__all__` lists, with each attribute and method, and the types that these give."""

import inspect
from collections.abc import Iterator

import tipgraph
from docs.making.markdown import fence, heading, page
from tipgraph.display.claims import Against, Agreed, Said, Trait
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
from tipgraph.server import Limits, Options
from tipgraph.sources.folder import Row, Table, Texts

# What the public names take and give, without being public names themselves.
BESIDES: tuple[type, ...] = (
    Account, Against, Agreed, Answer, Citation, Drawing, Extract, Fault, Finding, Header, Limits, Near, Options,
    Parameter, Remark, Row, Said, Standing, Support, Table, Texts, Trait, Word,
)  # fmt: skip


def text() -> str:
    """Return the page of all public names; autodoc writes what each line of it asks for."""
    classes = [name for name in tipgraph.__all__ if inspect.isclass(getattr(tipgraph, name))]
    functions = [name for name in tipgraph.__all__ if inspect.isfunction(getattr(tipgraph, name))]
    return page(
        heading(1, "Python"),
        "`import tipgraph` gives these names and no others; what stands elsewhere may change without notice.",
        heading(2, "Functions"),
        *(fence(f".. autofunction:: tipgraph.{name}", "{eval-rst}") for name in functions),
        heading(2, "Classes"),
        *(part for name in classes for part in _class(f"tipgraph.{name}", getattr(tipgraph, name))),
        heading(2, "Terms"),
        "`tipgraph.tip` holds each [class](classes.md) and [property](properties.md) of the ontology as a "
        "text, its IRI: "
        "`tip.Funding` is `https://w3id.org/tipgraph/ns#Funding`. A name with a letter wrong fails the type check.",
        heading(2, "What these take and give"),
        "Their modules are not a part of the door; the types are named here for what they hold.",
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
