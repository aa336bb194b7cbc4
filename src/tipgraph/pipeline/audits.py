"""Audits: what readers found of claims, and whether these still say what was read.

Each row of `data/audits/*.csv` says of a claim that a reader found it right, doubtful or wrong, and why. Its
fingerprint is a digest of what the claim said: an assessment of a claim that has changed since is stale, and counts
nowhere.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import CallError, Fault, UnknownName
from tipgraph.model import AUDITS, Statement, data_iri, data_name, tip
from tipgraph.sources import ASSESSMENTS, Row, Source, Table

COLUMNS: Final = ("id", "claim", "assessment", "reason", "judge", "judgeKind", "judged", "fingerprint")
_About: TypeAlias = Mapping[NamedNode, Sequence[Statement]]
_READER: Final = re.compile(r"reader-[a-z0-9]+")
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
_EVIDENCE: Final = NamedNode(tip.evidence)
_TRUE: Final = Literal("true", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#boolean"))
_LENGTH: Final = 16  # of a fingerprint


def weigh(sources: Iterable[Source], statements: Iterable[Statement]) -> tuple[list[Statement], list[Fault]]:
    """Return a mark on each assessment that is stale, and the faults of their rows; `statements` are what rows say."""
    table = next((source.tables[ASSESSMENTS] for source in sources if ASSESSMENTS in source.tables), None)
    if table is None:
        return [], []
    about = _about(statements)
    stale = [node for node, said in about.items() if said[0].source == AUDITS and not _is_current(said, about)]
    return [Statement(node, NamedNode(tip.stale), _TRUE, AUDITS) for node in stale], list(_faults(table))


def form(statements: Iterable[Statement], source: str, reader: str) -> list[tuple[str, ...]]:
    """Return the rows that a reader fills, one for each claim of a source, with the columns of an audit.

    `statements` are what rows say. Raises CallError for what is no id of a reader, UnknownName for what is no source.
    """
    if not _READER.fullmatch(reader):
        raise CallError(_no_reader(reader))
    about, graph = _about(statements), data_iri(source)
    if graph not in about:
        raise UnknownName(f"{source!r} is no source here; name a folder of the data")
    claims = (node for node, said in about.items()
              if said[0].source == graph and any(one.predicate == _EVIDENCE for one in said))  # fmt: skip
    names = {data_name(node.value): fingerprint(node, about) for node in claims}
    return [(f"{reader}-{name.replace('/', '-')}", name, "", "", reader, "", "", read) for name, read in names.items()]


def fingerprint(claim: NamedNode, about: _About) -> str:
    """Return a digest of what a claim says: its cells, the English names of what they name, and the words it cites.

    Who has reviewed it is no part of it. `about` has the statements of rows by what they are about.
    """
    said = [one for one in about[claim] if one.predicate.value != tip.review]
    named = [each for one in said if isinstance(one.object, NamedNode) for each in about.get(one.object, ())]
    said += (one for one in named if one.predicate.value == tip.digest or _is_name(one))
    lines = sorted({f"{one.subject} {one.predicate} {one.object}\n" for one in said})
    return sha256("".join(lines).encode()).hexdigest()[:_LENGTH]


def _is_name(one: Statement) -> bool:
    return one.predicate.value == _LABEL and isinstance(one.object, Literal) and one.object.language == "en"


def _about(statements: Iterable[Statement]) -> dict[NamedNode, list[Statement]]:
    about: dict[NamedNode, list[Statement]] = {}
    for one in statements:
        about.setdefault(one.subject, []).append(one)
    return about


def _is_current(said: Sequence[Statement], about: _About) -> bool:
    """Tell whether the claim of an assessment, of which that is said, still says what was read."""
    values = {one.predicate.value: one.object for one in said}
    claim, read = values.get(tip.claim), values.get(tip.fingerprint)
    return isinstance(claim, NamedNode) and read is not None and read.value == fingerprint(claim, about)


def _faults(table: Table) -> Iterator[Fault]:
    """Yield what neither a column nor a code list refuses."""
    seen: dict[tuple[str, str], str] = {}
    for row in table.rows:
        claim, judge = row.cells.get("claim", ""), row.cells.get("judge", "")
        first = seen.setdefault((claim, judge), place := f"{table.at(row)}:{row.line}")
        if first != place:
            yield _fault(table, row, "claim", f"{judge} has assessed {claim} in {first} too; keep one of both rows")
        if judge and not _READER.fullmatch(judge):
            yield _fault(table, row, "judge", _no_reader(judge))
        if row.cells.get("assessment") in ("doubtful", "wrong") and not row.cells.get("reason"):
            yield _fault(table, row, "reason", "is empty, and what is not right needs it; say why")


def _no_reader(judge: str) -> str:
    return f"{judge!r} is no id of a reader; write one as reader-one, never a name"


def _fault(table: Table, row: Row, column: str, message: str) -> Fault:
    return Fault(message, table.at(row), row.line, column)
