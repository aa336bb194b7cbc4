"""The texts of IATI elements as cells: without HTML, by their languages, with personal data masked."""

from lxml import etree

from tipgraph.sources.importers.iati.activity import narratives
from tipgraph.sources.importers.row_builder import RowBuilder
from tipgraph.sources.personal_data import masked

_DESCRIPTIONS = frozenset({"description", "objective", "targetGroup"})  # columns of whole sentences


def worded(builder: RowBuilder, node: etree._Element | None, column: str, default: str = "") -> dict[str, str]:
    """Return the text of an element as the cell of a column with its language; no cell without a text.

    Of texts in several languages it is the English one, else the first.
    """
    cells = [] if node is None else all_worded(builder, node, column, default)
    return min(cells, key=lambda cell: column not in cell, default={})


def all_worded(builder: RowBuilder, node: etree._Element, column: str, default: str = "") -> list[dict[str, str]]:
    """Return the texts of an element, each as the cell of a column with its language.

    There are none of a description if the import leaves these out.
    """
    if column in _DESCRIPTIONS and not builder.options.descriptions:
        builder.report.left["descriptions of claims (--no-descriptions)"] += 1
        return []
    texts = ((shown(builder, text), tongue) for text, tongue in narratives(node, default))
    return [{in_language(column, tongue): text} for text, tongue in texts if text]


def shown(builder: RowBuilder, text: str) -> str:
    """Return a text with personal data in it masked and counted."""
    safe = masked(text)
    if safe != text:
        builder.report.left["personal data in descriptions, which are masked there"] += 1
    return safe


def in_language(column: str, tongue: str) -> str:
    """Return the name of a column for texts in a language.

    >>> in_language("title", "en-gb"), in_language("title", "fr"), in_language("title", "")
    ('title', 'title@fr', 'title')
    """
    return column if tongue.partition("-")[0] in ("en", "") else f"{column}@{tongue}"
