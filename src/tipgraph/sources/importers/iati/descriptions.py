"""The descriptions of IATI activities: general ones, objectives and target groups, in each language."""

from tipgraph.sources.importers.iati.activity import Activity
from tipgraph.sources.importers.iati.words import all_worded
from tipgraph.sources.importers.row_builder import RowBuilder

_COLUMNS = {"2": "objective", "3": "targetGroup"}  # by type; other types are general


def read_descriptions(builder: RowBuilder, activity: Activity, project: str) -> None:
    """Claim the descriptions of an activity, each in each of its languages."""
    for element in activity.all("description"):
        column = _COLUMNS.get(element.get("type"), "description")
        for cells in all_worded(builder, element.node, column, activity.language):
            if column in _COLUMNS.values():  # a | would separate values there
                cells = {name: text.replace("|", "/") for name, text in cells.items()}
            builder.claim("undertaking-reports", element.at, undertaking=project, **cells)
