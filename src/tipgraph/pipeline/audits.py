"""Audits: assessments of claims by readers, and whether the claims have changed since.

A row of `data/audits/*.csv` says that a reader found a claim right, doubtful or wrong, and why. Its fingerprint is a
digest of the claim. If the claim has changed since, the assessment is stale, and counts nowhere. A claim that a person
found right is reviewed by a person.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import CallError, Fault, UnknownName
from tipgraph.model import AUDITS, CODE, RDFS_LABEL, XSD, Object, Statement, data_iri, data_name, tip
from tipgraph.sources import ASSESSMENTS, Source, Table, cell_faults, cell_rules

COLUMNS: Final = ("id", "claim", "assessment", "reason", "judge", "judgeKind", "judged", "fingerprint")
_BySubject: TypeAlias = Mapping[NamedNode, Sequence[Statement]]
_TRUE: Final = Literal("true", datatype=NamedNode(XSD + "boolean"))
_RIGHT, _PERSON = NamedNode(CODE + "assessment-right"), NamedNode(CODE + "judge-kind-person")
_LENGTH: Final = 16  # of a fingerprint


def apply(sources: Iterable[Source], statements: list[Statement]) -> tuple[list[Statement], list[Fault]]:
    """Return the statements of all rows with what audits change in them, and the faults of these.

    A stale assessment is marked. A claim that a person found right, and that has not changed since, is reviewed by a
    person.
    """
    table = next((source.tables[ASSESSMENTS] for source in sources if ASSESSMENTS in source.tables), None)
    if table is None:
        return statements, []
    rows = by_subject(statements)
    marks, agreed = list[Statement](), set[Object]()
    for node, row in rows.items():
        if row[0].source != AUDITS:
            continue
        values = {statement.predicate.value: statement.object for statement in row}
        if not _is_current(values, rows):
            marks.append(Statement(node, NamedNode(tip.stale), _TRUE, AUDITS))
        elif (values.get(tip.assessment), values.get(tip.judgeKind)) == (_RIGHT, _PERSON):
            agreed.add(values[tip.claim])
    kept = (
        one._replace(object=_PERSON) if one.predicate.value == tip.review and one.subject in agreed else one
        for one in statements
    )
    return [*kept, *marks], list(_faults(table))


def form(statements: Iterable[Statement], source: str, reader: str) -> list[tuple[str, ...]]:
    """Return the rows of an audit that a reader fills in, one for each claim of a source.

    `statements` are those of all rows. Raises CallError for a wrong id of a reader, UnknownName for an unknown source.
    """
    rule = cell_rules()[ASSESSMENTS]["judge"]
    if not re.fullmatch(rule["pattern"], reader):
        raise CallError(f"{reader!r} {rule['message']}")
    rows, graph = by_subject(statements), data_iri(source)
    if graph not in rows:
        raise UnknownName(f"{source!r} is no source here; name a folder of the data")
    claims = [
        node
        for node, row in rows.items()
        if row[0].source == graph and any(statement.predicate.value == tip.evidence for statement in row)
    ]
    digests = {data_name(claim.value): fingerprint(claim, rows) for claim in claims}
    return [
        (f"{reader}-{name.replace('/', '-')}", name, "", "", reader, "", "", digest) for name, digest in digests.items()
    ]


def fingerprint(claim: NamedNode, rows: _BySubject) -> str:
    """Return a digest of a claim: its cells, the English names of the nodes that they name, and the words it cites.

    Its reviewer is no part of it. `rows` are the statements of all rows by their subjects.
    """
    own = [statement for statement in rows[claim] if statement.predicate.value != tip.review]
    nodes = [statement.object for statement in own if isinstance(statement.object, NamedNode)]
    named = [statement for node in nodes for statement in rows.get(node, ())]
    own += [statement for statement in named if statement.predicate.value == tip.digest or _is_english_name(statement)]
    lines = sorted({f"{subject} {predicate} {value}\n" for subject, predicate, value, _ in own})
    return sha256("".join(lines).encode()).hexdigest()[:_LENGTH]


def _is_english_name(statement: Statement) -> bool:
    label = statement.object
    return statement.predicate.value == RDFS_LABEL and isinstance(label, Literal) and label.language == "en"


def by_subject(statements: Iterable[Statement]) -> dict[NamedNode, list[Statement]]:
    """Return statements by their subjects."""
    rows: dict[NamedNode, list[Statement]] = {}
    for statement in statements:
        rows.setdefault(statement.subject, []).append(statement)
    return rows


def _is_current(values: Mapping[str, Object], rows: _BySubject) -> bool:
    """Return whether the claim of an assessment is the one that was read."""
    claim, read = values.get(tip.claim), values.get(tip.fingerprint)
    return isinstance(claim, NamedNode) and read is not None and read.value == fingerprint(claim, rows)


def _faults(table: Table) -> Iterator[Fault]:
    """Yield the faults that neither the columns nor the code lists show."""
    seen: dict[tuple[str, str], str] = {}
    for row in table.rows:
        claim, judge = row.cells.get("claim", ""), row.cells.get("judge", "")
        first = seen.setdefault((claim, judge), place := f"{table.at(row)}:{row.line}")
        if first != place:
            message = f"{judge} has assessed {claim} in {first} too; keep one of both rows"
            yield Fault(message, table.at(row), row.line, "claim")
        yield from cell_faults(table, row)
