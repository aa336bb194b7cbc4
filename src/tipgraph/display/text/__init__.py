"""Claims, answers and networks on standard output: a table, CSV or JSON.

Text of sources is hostile: no control or direction character reaches a terminal, and no cell of CSV runs as a formula.
"""

from tipgraph.display.text.answers import answer_text, nearby
from tipgraph.display.text.claims import claims_text
from tipgraph.display.text.conflicts import conflict_lines, conflicts_text
from tipgraph.display.text.findings import report_text
from tipgraph.display.text.matches import proposal_lines, proposals_text
from tipgraph.display.text.networks import measured_text, network_text
from tipgraph.display.text.numbers import numbers_text
from tipgraph.display.text.rows import difference_text, json_text, rows_text

__all__ = [
    "answer_text",
    "claims_text",
    "conflict_lines",
    "conflicts_text",
    "difference_text",
    "json_text",
    "measured_text",
    "nearby",
    "network_text",
    "numbers_text",
    "proposal_lines",
    "proposals_text",
    "report_text",
    "rows_text",
]
