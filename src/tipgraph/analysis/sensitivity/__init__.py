"""How an answer or a measure changes when each source is left out.

    correspondence (a node in both graphs) · row_matches (a row in both answers)  →  answer_changes · measure_changes

A source is left out by building without its folder, so that its joins and conclusions go too. In a finished graph,
joined nodes cannot be separated.
"""

from tipgraph.analysis.sensitivity.answer_changes import Outcome, SensitivityReport, knock_out_of_answer
from tipgraph.analysis.sensitivity.measure_changes import Measured, knock_out_of_measure

__all__ = ["Measured", "Outcome", "SensitivityReport", "knock_out_of_answer", "knock_out_of_measure"]
