"""The jobs of workers for questions and exports, which run no query of a client."""

import json
import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

from pyoxigraph import NamedNode, Triple

from tipgraph.analysis import FILTER_PARTS, Filter, answered
from tipgraph.display import LANGUAGES, text
from tipgraph.errors import BadValue, UnknownName
from tipgraph.graph import Graph, Query
from tipgraph.model import RDF_TYPE, Statement, data_name, tip
from tipgraph.outputs import FORMATS, anchor, export, format_of, route_address, source_path, thing_path
from tipgraph.runtime import is_here
from tipgraph.server.formats import FORMS, PAGE, TRIPLES, chosen
from tipgraph.server.limits import Limits
from tipgraph.server.openapi import PARAMETER, document
from tipgraph.server.query_jobs import AnswerTooLarge, JobAnswer, Work, triples
from tipgraph.sources import Texts, price_tables

_CHOICES = ("network", "recipe", "question", "fold")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}(?:\.[a-z]{2,10}){1,2}")
_LIBRARIES = ("lxml.etree", "networkx", "numpy", "pyarrow.parquet", "xlsxwriter")


def works(setup: Mapping[str, Any]) -> Mapping[str, Work]:
    """Return the jobs of such a worker; `texts` of the setup is the folder of texts, or empty."""
    for module in _LIBRARIES:  # they load system libraries, which the fence makes unreadable
        if is_here(module):
            import_module(module)
    price_tables()  # files cannot be read later
    texts = Texts(Path(setup["texts"]) if setup["texts"] else None)
    scratch = Path(setup["writable"][0])

    def question(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
        return _question(graph, limits, job, texts)

    def exported(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
        return _export(graph, limits, job, scratch)

    return {"question": question, "export": exported, "described": _described, "openapi": _openapi}


def _openapi(_: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
    """Return the addresses of the server as OpenAPI."""
    body = json.dumps(document(job["root"], limits), ensure_ascii=False, indent=1) + "\n"
    return JobAnswer(200, "application/json", body.encode("utf-8"))


def _described(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
    """Return the statements about a node, the claims about it and their evidence, or a redirect to its page (303).

    Raises UnknownName if there are none, NotAcceptable.
    """
    try:
        node = NamedNode(job["node"])
    except ValueError as error:
        raise UnknownName("this is not an IRI") from error
    claims = [row["claim"] for row in graph.named("about", {"thing": [node]})]
    statements = list(graph.about([node, *claims]))
    if not statements:
        raise UnknownName(f"<{node.value}> is not in this graph")
    if chosen(job["accept"], (*TRIPLES, PAGE)) is PAGE:
        return JobAnswer(303, "text/plain; charset=utf-8", b"", {"location": _page(graph, node, statements)})
    objects = (quad.object for quad in statements if quad.predicate.value == tip.evidence)
    evidence = graph.about([node for node in objects if isinstance(node, NamedNode)])
    return triples((Triple(*quad[:3]) for quad in [*statements, *evidence]), limits, job["accept"])


def _page(graph: Graph, node: NamedNode, statements: Sequence[Statement]) -> str:
    """Return the address of the page of a node: its own, or that of its source at the sentence."""
    classes = {quad.object.value for quad in statements if quad.subject == node and quad.predicate == RDF_TYPE}
    if tip.Source in classes:
        return "/" + source_path(data_name(node.value))
    if tip.Route in classes:
        return "/" + route_address(node.value)
    for citation in graph.cite([node])[node][:1]:
        spot = anchor(citation.paragraph, data_name(node.value))
        return f"/{source_path(citation.source)}#{quote(spot)}"
    return "/" + thing_path(node.value)


def _question(graph: Graph, limits: Limits, job: Mapping[str, Any], texts: Texts) -> JobAnswer:
    """Answer a named question as `csv` or `json`, each row with its place in the source.

    If there is no row, a header lists near questions that have some.
    """
    values = _once(job["values"])
    language, form = values.pop("lang", "en"), job["form"]
    if language not in LANGUAGES:
        raise BadValue(f"lang={language!r} is not a language of answers; the languages are {' and '.join(LANGUAGES)}")
    answer = answered(Query.find(job["name"]), graph, values, language)
    if len(answer.rows) > limits.rows:
        raise AnswerTooLarge(f"the answer has more than {limits.rows:,} rows; ask for less")
    body = (text.answer_text(answer, form, texts) + "\n").encode("utf-8", "replace")
    near = [{"values": nearby.values, "rows": nearby.rows} for nearby in answer.near_within(limits.seconds / 3)]
    return _bounded(JobAnswer(200, FORMS[form], body, {"tipgraph-nearby": json.dumps(near)} if near else {}), limits)


def _export(graph: Graph, limits: Limits, job: Mapping[str, Any], scratch: Path) -> JobAnswer:
    """Write a part of the graph as a file, and return it; several files come as a zip."""
    name, values = job["file"], job["values"]
    if not _NAME.fullmatch(name):
        raise BadValue(f"{name!r} is not a file name: use letters, digits, hyphens, and the suffix of a format")
    suffix = format_of(name)
    given, parameters = _choices(values), _question_parameters(values)
    with TemporaryDirectory(dir=scratch) as folder:
        path = Path(folder) / name
        part = export(
            graph,
            path,
            network=given.get("network", ""),
            recipe=given.get("recipe", ""),
            question=given.get("question", ""),
            values=parameters,
            fold=given.get("fold"),
            asked=_filter(values),
        )
        body, media = _gathered(part.files, FORMATS[suffix].media, limits)
    counts = sorted(part.withheld.items())
    withheld = [{"what": kind, "why": reason, "count": count} for (kind, reason), count in counts]
    headers = {"tipgraph-withheld": json.dumps(withheld)} if withheld else {}
    stem = name if len(part.files) == 1 else f"{name}.zip"
    headers["content-disposition"] = f'attachment; filename="{stem}"'
    return _bounded(JobAnswer(200, media, body, headers), limits)


def _choices(pairs: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the parameters of an address that are given at most once; raise UnknownName, BadValue."""
    known = {*FILTER_PARTS, *_CHOICES, PARAMETER}
    if unknown := sorted({name for name, _ in pairs} - known):
        raise UnknownName(f"{unknown[0]!r} is not a parameter; the parameters are {', '.join(sorted(known))}")
    several = {PARAMETER, *(name for name, part in FILTER_PARTS.items() if part.metadata["kind"] == "list")}
    given = _once([pair for pair in pairs if pair[0] not in several])
    if given.get("fold") not in (None, "starts", "ends"):
        raise BadValue(f"fold={given['fold']!r} is neither starts nor ends")
    return given


def _question_parameters(pairs: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the values for the parameters of a question; raise BadValue."""
    parameters = [value.split("=", 1) for name, value in pairs if name == PARAMETER]
    if any(len(pair) != 2 for pair in parameters):
        raise BadValue("write a parameter of a question as NAME=VALUE")
    return _once(parameters)


def _gathered(files: Sequence[Path], media: str, limits: Limits) -> tuple[bytes, str]:
    """Return one file as it is, and several as a zip."""
    if len(files) == 1:
        if files[0].stat().st_size > limits.size:
            raise _too_large(limits)
        return files[0].read_bytes(), media
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for file in files:
            packed.write(file, file.name)
    return out.getvalue(), FORMATS[".csv.zip"].media


def _bounded(answer: JobAnswer, limits: Limits) -> JobAnswer:
    if len(answer.body) > limits.size:
        raise _too_large(limits)
    return answer


def _too_large(limits: Limits) -> AnswerTooLarge:
    return AnswerTooLarge(f"the answer has more than {limits.size:,} bytes; ask for less")


def _once(pairs: Sequence[Sequence[str]]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in pairs:
        if name in values:
            raise BadValue(f"{name} is given twice; give it once")
        values[name] = value
    return values


def _filter(pairs: Sequence[Sequence[str]]) -> Filter:
    """Return the filter that the parameters of an address give."""
    parts: dict[str, Any] = {}
    for name, part in FILTER_PARTS.items():
        values = tuple(value for other, value in pairs if other == name)
        if values:
            parts[part.name] = _value(name, values, part.metadata["kind"])
    return Filter(**parts)


def _value(name: str, values: tuple[str, ...], kind: str) -> object:
    """Return the value of a part of a filter; raise BadValue if it is not of its kind."""
    value = values[0]
    if kind == "flag":
        if value not in ("true", "false"):
            raise BadValue(f"{name}={value!r} is neither true nor false")
        return value == "true"
    if kind == "number":
        if not (value.isascii() and value.isdecimal() and len(value) < 4):
            raise BadValue(f"{name}={value!r} is not a number of {name}")
        return int(value)
    return values if kind == "list" else value
