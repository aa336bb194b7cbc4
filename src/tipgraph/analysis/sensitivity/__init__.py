"""How an answer changes when each source is left out.

    correspondence (a node in both graphs) · row_matches (a row in both answers)  →  answer_changes

A source is left out by building without its folder, so that its joins and conclusions go too. In a finished graph,
joined nodes cannot be separated.
"""

from tipgraph.analysis.sensitivity.answer_changes import Outcome, SensitivityReport, knock_out_of_answer

__all__ = ["Outcome", "SensitivityReport", "knock_out_of_answer"]
