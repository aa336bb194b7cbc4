"""How much a finding rests on each source: an answer or a measure again, each time with one source left out.

    correspondence (a node in both graphs) · row_matches (a row in both answers)  →  answer_changes · measure_changes

Leaving a source out is building without its folder: its joins and conclusions go too. So this begins with the parts of
a graph; in a finished graph, joined nodes cannot be parted any more.
"""

from tipgraph.analysis.sensitivity.answer_changes import Outcome, SensitivityReport, knock_out_of_answer
from tipgraph.analysis.sensitivity.measure_changes import Measured, knock_out_of_measure

__all__ = ["Measured", "Outcome", "SensitivityReport", "knock_out_of_answer", "knock_out_of_measure"]
