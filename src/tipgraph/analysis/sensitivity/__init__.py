"""How sure is a finding: what the answer of a question, or a measure of a network, owes to each of its sources.

crossing (what a node of the whole graph is called in what is left of it) · matching (which rows stand in two answers)
→  answers (rows that go, change or come without a source) · measures (values and ranks that change)

To knock a source out is to build without its folder: nothing that it says, joins or lets us derive is left. So this
begins with what a graph is built of, and not with a graph, in which nodes that were joined cannot be told apart any
more.
"""

from tipgraph.analysis.sensitivity.answer_changes import Outcome, SensitivityReport, knock_out_of_answer
from tipgraph.analysis.sensitivity.measure_changes import Measured, knock_out_of_measure

__all__ = ["Measured", "Outcome", "SensitivityReport", "knock_out_of_answer", "knock_out_of_measure"]
