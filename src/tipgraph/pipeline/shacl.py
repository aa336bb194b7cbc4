"""What must be true of the graph, and where it is not: SHACL, `queries/check/`, and the texts behind the evidence.

Decision: docs/decisions/0026-a-cited-document-has-no-place-in-a-text.md.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, QuerySolution, QuerySolutions

from tipgraph.errors import GraphError, shown
from tipgraph.graph import Graph, sparql
from tipgraph.model import data_name, kit, ontology, plausible
from tipgraph.pipeline.words_check import Words, ungrounded
from tipgraph.sources import SOURCE_FILE, Locator, Table, Texts, digest, disagreements, read_source, words

if TYPE_CHECKING:
    from rdflib import Graph as RdflibGraph
    from rdflib.term import Node

_TEXT_VARIABLES = ("source", "file", "kind", "rule", "sha256", "format")


class Finding(NamedTuple):
    """Where the graph is not as it must be: which rule says so, of which node, in which row, and why."""

    rule: str
    node: str
    where: str
    message: str

    def __str__(self) -> str:
        """Say it on one line."""
        return f"{self.where or self.node}: {self.message} [{self.rule}]"


@dataclass
class Report:
    """The answer of a check: the findings, and what was looked at.

    `claims` counts claims by class; `evidence` counts spans as `verified`, `wrong`, `not verified` or `cited`; `absent`
    names the texts that were not at hand.

    >>> Report(claims=Counter(Funding=2)).ok
    True
    """

    findings: list[Finding] = field(default_factory=list)
    claims: Counter[str] = field(default_factory=Counter)
    evidence: Counter[str] = field(default_factory=Counter)
    absent: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings

    @property
    def summary(self) -> str:
        """What was looked at and what was found, in lines for a person."""
        spans = ", ".join(f"{number} {kind}" for kind, number in sorted(self.evidence.items())) or "none"
        hint = f"; not at hand: {', '.join(self.absent)} (--texts FOLDER)" if self.absent else ""
        unverified = f"; {self.evidence['not verified']} spans not verified" if self.evidence["not verified"] else ""
        classes = ", ".join(f"{number} {name}" for name, number in sorted(self.claims.items()))
        return "\n".join(
            [
                f"claims: {self.claims.total()} ({classes})",
                f"spans of text: {spans}{hint}",
                ("no findings" if self.ok else f"{len(self.findings)} finding{'s' * (len(self.findings) > 1)}")
                + unverified,
            ]
        )


def check(graph: Graph, texts: Texts | None = None, data: Path | None = None) -> Report:
    """Check a graph; with texts, every digest against them.

    `data` is the folder whose tables the graph was built from, by default that of the project and that of the kit; it
    is used to name rows. What is wrong is no error: it stands in `findings` of the report, each with the row that it is
    about.

    >>> [finding.message for finding in check(Graph()).findings]
    ['holds nothing; build it, or name another file']
    """
    rows = _Rows([data] if data else _data_folders())
    report = Report()
    report.claims.update({row["class"].value: int(row["number"].value) for row in graph.named("claim-counts")})
    if not len(graph):
        report.findings.append(Finding("empty", "", "the graph", "holds nothing; build it, or name another file"))
    report.findings += _shape_findings(graph, rows)
    report.findings += _query_findings(graph, rows)
    report.findings += _date_findings(graph, rows)
    report.findings += _text_findings(graph, rows, texts or Texts(), report)
    report.findings.sort(key=lambda finding: (finding.where, finding.node, finding.message))
    return report


class _Rows:
    """Finds the row of a table from which a node was made."""

    def __init__(self, data: Sequence[Path]) -> None:
        self._data = data
        self._tables: dict[str, list[dict[str, Table]]] = {}

    def where(self, node: str) -> str:
        """Return where a node is written: `data/SOURCE/TABLE.csv:ROW`, of a source its `source.toml`; else nothing."""
        parts = data_name(node).split("/")
        if len(parts) == 1:
            return next((shown(file) for data in self._data if (file := data / parts[0] / SOURCE_FILE).is_file()), "")
        if len(parts) < 3:
            return ""
        for table in (tables.get(parts[1]) for tables in self._tables_of(parts[0])):
            rows = [row for row in table.rows if row.cells.get("id") == parts[2]] if table else []
            if table and rows:
                return f"{table.at(rows[0])}:{rows[0].line}"
        return ""

    def _tables_of(self, source: str) -> list[dict[str, Table]]:
        """Return the tables of a source, folder by folder."""
        if source not in self._tables:
            folders = (data / source for data in self._data)
            self._tables[source] = [read_source(folder).tables for folder in folders if folder.is_dir()]
        return self._tables[source]


def _data_folders() -> list[Path]:
    """Return the folders of the sources, the project's before the kit's."""
    return list(dict.fromkeys([kit.data(), kit.folder("data")]))


def _shape_findings(graph: Graph, rows: _Rows) -> list[Finding]:
    from pyshacl import validate
    from pyshacl.errors import ReportableRuntimeError
    from rdflib import RDF, SH, URIRef
    from rdflib import Graph as RdflibGraph

    union = RdflibGraph()
    for triple in graph.dataset.triples((None, None, None)):
        union.add(triple)
    shapes = RdflibGraph() + ontology().shapes
    for listed in list(shapes.objects(None, URIRef(f"{SH}in"))):
        _say_strings(shapes, listed)
    try:
        _, results, _ = validate(union, shacl_graph=shapes, advanced=False, inference="none", do_owl_imports=False)
    except ReportableRuntimeError as error:  # a shape of a project
        message = str(error).partition("\n")[0]
        raise GraphError(f"the shapes cannot be checked: {message} Correct those of your ontology/") from error
    if not isinstance(results, RdflibGraph):
        raise GraphError(f"the shapes cannot be checked: {results!r}")
    findings = []
    for result in results.subjects(RDF.type, SH.ValidationResult):
        node, path = str(results.value(result, SH.focusNode)), results.value(result, SH.resultPath)
        message = str(results.value(result, SH.resultMessage)).splitlines()[0]
        column = f"{str(path).rpartition('#')[2]}: " if path else ""
        findings.append(Finding("shapes", node, rows.where(node), column + message))
    return findings


def _say_strings(shapes: "RdflibGraph", listed: "Node") -> None:
    """Let a list of texts hold each as xsd:string, too: rdflib takes the two for different, and graphs here say it."""
    from rdflib import XSD, Literal
    from rdflib.collection import Collection

    codes = Collection(shapes, listed)
    codes += [Literal(str(code), datatype=XSD.string) for code in list(codes) if isinstance(code, Literal)]


def _query_findings(graph: Graph, rows: _Rows) -> list[Finding]:
    """Run `queries/check/*.rq`: one row is one fault, its node and a message."""
    findings = []
    for path in kit.files("queries/check", "*.rq"):
        text = path.read_text("utf-8")
        for row in _rows_of(graph.query(text), path):
            message = sparql.header(text).summary + (f" ({row['message'].value})" if row["message"] else "")
            findings.append(Finding(path.stem, row["node"].value, rows.where(row["node"].value), message))
    return findings


def _date_findings(graph: Graph, rows: _Rows) -> list[Finding]:
    """Read every date as the tables do: the shapes know neither EDTF nor the first year of the project."""
    findings = []
    for row in graph.named("dates"):
        node, column = row["node"].value, row["property"].value.rpartition("#")[2]
        try:
            plausible(row["date"].value)
        except ValueError as error:
            findings.append(Finding("dates", node, rows.where(node), f"{column}: {error}"))
    return findings


def _rows_of(result: object, path: Path) -> QuerySolutions:
    if not isinstance(result, QuerySolutions):
        raise GraphError(f"{shown(path)} is no SELECT query; a check has a row for each fault")
    return result


def _text_findings(graph: Graph, rows: _Rows, texts: Texts, report: Report) -> list[Finding]:
    findings: list[Finding] = []
    for row in graph.named("texts"):
        source, file, kind, rule, sha256, form = (row[name].value if row[name] else "" for name in _TEXT_VARIABLES)
        text = texts.text(file)
        if kind == "cited":
            report.evidence["cited"] += len(list(graph.named("cited", {"source": [NamedNode(source)]})))
            continue
        spans = [_span(span) for span in graph.named("spans", {"source": [NamedNode(source)]})]
        if text is None:
            report.evidence["not verified"] += len(spans)
            report.absent.append(file)
            continue
        if digest(text) != sha256:
            crlf = " (its line ends are CRLF: that alone shifts every span)" if "\r\n" in text else ""
            message = f"{file}: sha256 expected {sha256}, found {digest(text)}: the text has changed{crlf}"
            findings.append(Finding("texts", source, rows.where(source), message))
        for node, claimed, whole in spans:
            wrong = disagreements(text, claimed, rule, whole_paragraph=whole)
            report.evidence["wrong" if wrong else "verified"] += 1
            findings += [Finding("texts", node, rows.where(node), f"{file}: {message}") for message in wrong]
        findings += _printed_findings(graph, rows, source, text, form)
        bare = ungrounded(graph, NamedNode(source), Words(text, rule, form or "plain"))
        findings += [Finding("ungrounded", claim, rows.where(claim), message) for claim, message in bare]
    return findings


def _printed_findings(graph: Graph, rows: _Rows, source: str, text: str, form: str) -> list[Finding]:
    """Compare names and figures that claims take over as they stand with the words of their evidence."""
    heard: dict[tuple[str, str], str] = {}
    for row in graph.named("printed", {"source": [NamedNode(source)]}):
        key = (row["claim"].value, row["printed"].value)
        heard[key] = heard.get(key, "") + " " + words(text[int(row["start"].value) : int(row["end"].value)], form)
    return [
        Finding("printed", claim, rows.where(claim), f"{printed!r} does not stand in the words that its evidence names")
        for (claim, printed), said in heard.items()
        if " ".join(printed.split()) not in " ".join(said.split())
    ]


def _span(row: QuerySolution) -> tuple[str, Locator, bool]:
    """Return a span's node, its locator, and whether it is a paragraph of the coverage map."""
    sentence = row["sentence"]
    numbers = [int(row[name].value) for name in ("paragraph", "start", "end")]
    locator = Locator(numbers[0], int(sentence.value) if sentence else 1, numbers[1], numbers[2], row["digest"].value)
    return row["span"].value, locator, sentence is None
