"""The reference tells all that there is: names, verbs, errors, questions, terms and the rest, found otherwise."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from rdflib import OWL, RDF, SKOS
from rdflib import Graph as RdfGraph

import tipgraph
from docs.making import book, names, settings
from docs.making import errors as errors_page
from docs.making.markdown import target
from tests.documents.commands import HOME
from tipgraph.analysis.network import MEASURES
from tipgraph.cli import main
from tipgraph.cli.group import places
from tipgraph.errors import TipgraphError
from tipgraph.graph.graph import Graph
from tipgraph.sources.importers.registry import KINDS as KINDS_OF_DATA

Reference = dict[str, str]
BUILT = HOME / "build" / "docs"


@pytest.fixture(scope="module")
def reference(graph: Graph) -> Reference:
    return book.reference(graph)


def verbs() -> Iterator[tuple[str, str]]:
    """Each verb and option, as a page and what it must hold."""
    for name, command in places(main):
        if not name:
            continue
        yield "verbs", f"({target('verb', name)})="
        section = f"## {name}\n"
        for one in command.params:
            for option in one.opts if isinstance(one, click.Option) else ():
                yield "verbs", f"{section}…`{option}`"
            yield from (("verbs", f"{section}…{one.envvar}") for _ in "1" if isinstance(one.envvar, str))


def questions() -> Iterator[tuple[str, str]]:
    """Each file of `queries/` that a person may ask, with its parameters, and the sentence of each rule."""
    for path in (HOME / "queries").glob("*.rq"):
        text = path.read_text("utf-8")
        yield "questions", f"({target('question', path.stem)})="
        yield "questions", f"## {path.stem}\n…{text.strip()}"
        for name in re.findall(r"^#\+ param (\w+):", text, re.MULTILINE):
            yield "questions", f"## {path.stem}\n…| `{name}` |"
    for folder, kind in (("check", "check"), ("conflict", "rule"), ("derive", "derivation")):
        for path in (HOME / "queries" / folder).iterdir():
            yield "rules", f"({target(kind, path.stem)})="
            yield "rules", path.read_text("utf-8").strip()


def terms() -> Iterator[tuple[str, str]]:
    """Each class, property and code of the ontology, read by rdflib, with its definition in both languages."""
    said = RdfGraph()
    for path in (HOME / "ontology").glob("*.ttl"):
        said.parse(path)
    pages = {OWL.Class: "classes", OWL.ObjectProperty: "properties", OWL.DatatypeProperty: "properties",
             OWL.AnnotationProperty: "properties", SKOS.ConceptScheme: "codes"}  # fmt: skip
    for kind, page in pages.items():
        for term in said.subjects(RDF.type, kind):
            if str(term).startswith("https://w3id.org/tipgraph/"):
                yield page, f"## {str(term).rpartition('#')[2]}\n"
    for code in said.subjects(RDF.type, SKOS.Concept):
        scheme = str(said.value(code, SKOS.inScheme)).rpartition("#")[2]
        yield "codes", f"## {scheme}\n…| `{said.value(code, SKOS.notation)}` |"


def doors() -> Iterator[tuple[str, str]]:
    """Each public name and each public attribute and method of the public classes."""
    for name in tipgraph.__all__:
        found = getattr(tipgraph, name)
        yield "names", f"tipgraph.{name}"
        if inspect.isclass(found):
            yield from (("names", f":: tipgraph.{name}.{one}\n") for one in _public(found))
    for kind in names.BESIDES:
        yield from (("names", f".{kind.__qualname__}.{one}\n") for one in _public(kind))


def _public(kind: type) -> list[str]:
    """Return the names that `dir` knows and what is declared, but for what Python's own classes bring."""
    bases = [base for base in (BaseException, dict) if issubclass(kind, base)]
    brought = {name for base in (BaseException, tuple, *bases) for name in dir(base)}
    return [one for one in {*dir(kind), *getattr(kind, "__annotations__", {})} - brought if not one.startswith("_")]


def errors() -> Iterator[tuple[str, str]]:
    """Each error of any module, with its exit code and status."""
    for module in pkgutil.walk_packages(tipgraph.__path__, "tipgraph."):
        named = {} if module.name.endswith("__main__") else vars(importlib.import_module(module.name))
        for kind in (one for one in named.values() if isinstance(one, type) and issubclass(one, TipgraphError)):
            yield "errors", f"## {kind.__name__}\n…Exit code `{kind.exit_code}`, HTTP status `{kind.http_status}`."


def parts() -> Iterator[tuple[str, str]]:
    """Each format, network, measure, kind of open data, variable and address, as the source spells it."""
    exports = (HOME / "src/tipgraph/outputs/files/__init__.py").read_text("utf-8")
    yield from (("formats", f"| `{suffix}` |") for suffix in re.findall(r'^    "(\.[a-z.]+)": Format', exports, re.M))
    edges = (HOME / "ontology/edges.ttl").read_text("utf-8")
    yield from (("networks", f"| `{name}` |") for name in re.findall(r'tip:network "(\w+)"', edges))
    yield from (("networks", f"| `{name}` |") for name in MEASURES)
    yield from (("readers", f"| `{kind}` |") for kind in KINDS_OF_DATA)
    for path in (HOME / "src").rglob("*.py"):
        for name in re.findall(r"_?TIPGRAPH_[A-Z_]*[A-Z]", path.read_text("utf-8")):
            yield "settings", f"| `{name}` |"


KINDS = (verbs, questions, terms, doors, errors, parts)


@cache
def wanted(kind: Callable[[], Iterator[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Return what the reference has to hold of a kind."""
    return list(kind())


def lacking(reference: Reference, things: list[tuple[str, str]]) -> list[str]:
    """Return what the reference does not hold; `…` stands for whatever else its section has."""
    return sorted({f"{page}: {what}" for page, what in things if not _holds(reference[page], what)})


def _holds(text: str, what: str) -> bool:
    head, mark, within = what.partition("…")
    if not mark:
        return what in text
    _, found, rest = text.partition(head)
    level = head.partition(" ")[0]
    return bool(found) and within in re.split(rf"^{level} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_reference_tells_all_that_there_is(
    kind: Callable[[], Iterator[tuple[str, str]]], reference: Reference
) -> None:
    assert len(wanted(kind)) > 20
    assert lacking(reference, wanted(kind)) == []


@pytest.mark.parametrize(
    ("page", "left_out"),
    [
        ("verbs", "`--prune`"),
        ("questions", "| `destination` |"),
        ("classes", "## RouteReport\n"),
        ("codes", "| `held` |"),
        ("names", ":: tipgraph.Query.run\n"),
        ("errors", "HTTP status `504`"),
        ("settings", "| `TIPGRAPH_TIMEOUT` |"),
    ],
)
def test_what_the_reference_leaves_out_is_found(page: str, left_out: str, reference: Reference) -> None:
    assert left_out in reference[page]
    less = {**reference, page: reference[page].replace(left_out, "")}
    assert [one for kind in KINDS for one in lacking(less, wanted(kind))]


def test_every_variable_of_the_environment_has_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new.py").write_text('os.environ["TIPGRAPH_UNTOLD"]', "utf-8")
    monkeypatch.setattr("tipgraph.model.kit._PACKAGE", tmp_path)
    with pytest.raises(KeyError, match="TIPGRAPH_UNTOLD"):
        settings.text()


def test_every_public_name_has_an_example_that_runs() -> None:
    for name in set(tipgraph.__all__) - {"tip"}:  # the terms are a module; the page says how one is written
        found = getattr(tipgraph, name)
        methods = vars(found).values() if inspect.isclass(found) else ()
        assert any(">>>" in (one.__doc__ or "") for one in (found, *methods)), name


def test_every_public_attribute_and_method_has_a_sentence() -> None:
    for name in tipgraph.__all__:
        found = getattr(tipgraph, name)
        for one in _public(found) if inspect.isclass(found) else ():
            value = inspect.getattr_static(found, one, None)
            if callable(value) or isinstance(value, (property, staticmethod, classmethod)):
                first = (inspect.getdoc(value) or "").partition("\n")[0]
                assert first.endswith((".", ":", ";")), f"{name}.{one}: {first}"


def test_every_verb_that_may_end_with_1_says_when() -> None:
    for name, command in places(main):
        if command.callback and "sys.exit" in inspect.getsource(command.callback):
            assert "exit code is 1" in (command.help or ""), name


def test_every_error_says_what_to_do() -> None:
    assert [one.__name__ for one in errors_page.all_errors() if "\n\n" not in (inspect.getdoc(one) or "")] == []
