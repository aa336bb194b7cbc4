"""The parameters of an export, made from the fields of a filter, by the names of the command line."""

from dataclasses import fields

from tipgraph.analysis import NAMES, Filter

_FILTERS = {NAMES.get(field.name, field.name): field for field in fields(Filter)}
ONE, MANY, FLAGS = (  # filters by the names that the command line has: with one value, with several, and with none
    {word: field.name for word, field in _FILTERS.items() if field.default == default and field.default is not None}
    for default in ("", (), False)
)
CHOICES = ("network", "recipe", "question", "fold")
PARAMETER = "param"  # of a question, as NAME=VALUE
