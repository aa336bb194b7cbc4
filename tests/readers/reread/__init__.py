"""An independent reading of IATI: what the files say, beside what `tipgraph source import` and `build` make of it.

It uses lxml and decimal, the standard and what the guide promises, and none of the project's readers.
`python -m tests.readers.reread` compares files and lists the differences with their reasons.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from pyoxigraph import Quad

from . import iati_details, iati_organisations
from .iati_claims import IatiClaims
from .iati_reasons import REASONS
from .iati_rows import IatiFile
from .nodes import Nodes
from .rows import Comparison, Difference, compare, row

__all__ = ["Comparison", "Nodes", "compare_file"]


def compare_file(path: Path, quads: Iterable[Quad], source: str, unread: Mapping[str, int]) -> Comparison:
    """Compare a file with the graph that was built of it; `unread` is how many parts the import says it left."""
    claims = IatiClaims(Nodes(quads, source))
    if iati_organisations.is_of_organisations(path):
        budgets = iati_organisations.OrganisationFile(path)
        held = iati_organisations.claimed(claims)
        return compare(budgets.rows(), held, budgets, iati_organisations.REASONS)
    file = IatiFile(path)
    said = chain(file.rows(), *map(iati_details.said, file.activities))
    comparison = compare(said, chain(claims.rows(), iati_details.claimed(claims)), file, REASONS)
    for part, number in sorted(file.uncompared().items()):
        reason = "not read, and the import says so" if unread.get(part) == number else ""
        comparison.differences.append(Difference(reason, row("part", name=part, number=str(number)), None))
    return comparison
