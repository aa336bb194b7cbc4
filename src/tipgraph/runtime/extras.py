"""The libraries that a plain installation does without: which extra brings each, what is said where one is missing.

What is heavy, or opens a door to others, is an extra: `pip install 'tipgraph[tables]'`. Whoever works with one asks
here first, before anything is read or written.

Decision: docs/decisions/0046-extras-hold-the-heavy-libraries.md.
"""

from importlib.util import find_spec
from typing import Final

from tipgraph.errors import MissingGuest

EXTRAS: Final = {
    "networks": ("scipy",),
    "pandas": ("pandas",),
    "release": ("openpyxl", "pyarrow"),
    "scale": ("igraph",),
    "server": ("httptools", "limits", "prometheus_client", "starlette", "uvicorn"),
    "tables": ("duckdb", "pyarrow"),
}
"""What each extra brings, as it is imported; `pyproject.toml` says in which versions."""


def need(extra: str, what: str, otherwise: str = "") -> None:
    """Raise MissingGuest where a library of an extra is not installed, for what is wanted of it.

    `otherwise` is what can be done without.

    >>> need("tables", "a store")
    """
    missing = [name for name in EXTRAS[extra] if not is_here(name)]
    if missing:
        remedy = f"pip install 'tipgraph[{extra}]'" + (f", or {otherwise}" if otherwise else "")
        *others, last = missing
        raise MissingGuest(f"{what} needs {' and '.join([', '.join(others)] * bool(others) + [last])}: {remedy}")


def is_here(name: str) -> bool:
    """Tell whether a library is installed, without importing it.

    >>> is_here("click"), is_here("no_such_library")
    (True, False)
    """
    return find_spec(name.partition(".")[0]) is not None
