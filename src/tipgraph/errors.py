"""Every error that tipgraph raises on purpose.

    TipgraphError
    ├── InputError          tables, texts or settings with faults; it lists every fault of the run
    ├── CallError           the caller asked for something that is not there
    │   ├── UnknownName     a name that no entry, question, parameter or source has
    │   ├── AmbiguousName   a name that several entries have
    │   ├── BadValue        a value that does not fit its parameter
    │   ├── StaleVersion    a decision about a source that has changed since it was shown
    │   └── MissingExtra    a call that needs a library of an extra that is not installed
    ├── QueryError          SPARQL that cannot be run
    │   ├── QuerySyntaxError    it does not parse
    │   └── QueryRefused        it would write, leave the machine or end the process
    └── GraphError          a graph file that is missing or cannot be read or written
        └── RemoteError         an endpoint that does not answer as it should
            └── RemoteTimeout       it does not answer in time

The server adds errors of its own (`server/`) that end a request.

Each message says what is wrong and what to do next. The command line returns `exit_code`; a server answers with
`http_status`.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class Fault(NamedTuple):
    """A fault with its file, its row (the line in the file) and its column."""

    message: str
    file: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        """Return `file:row: column: message` without the parts that are not known."""
        place = f"{self.file}:{self.row}" if self.row is not None else self.file
        return ": ".join(part for part in (place, self.column, self.message) if part)


def shown(path: Path) -> str:
    """Return a path relative to the working directory if it is below, else the whole path."""
    return _shown(path, Path.cwd())


@lru_cache(maxsize=1024)  # the rows of a table have one file
def _shown(path: Path, here: Path) -> str:
    try:
        return str(path.resolve().relative_to(here.resolve()))
    except ValueError:
        return str(path)


def near(name: str, known: Iterable[str]) -> str:
    """Return the known name that is nearest to a wrong one as a hint for a message, or an empty string.

    >>> near("rotues", ["routes", "funding"])
    " (perhaps 'routes')"
    """
    close = get_close_matches(name, list(known), n=1)
    return f" (perhaps {close[0]!r})" if close else ""


class TipgraphError(Exception):
    """The base of every error that tipgraph raises on purpose.

    Catch it to catch them all; its text is for the person who called.

    >>> from tipgraph import Query
    >>> try:
    ...     Query.find("rotues")
    ... except TipgraphError as error:
    ...     print(error, error.exit_code, error.http_status)
    'rotues' is no question; perhaps 'routes' 2 404
    """

    exit_code = 1
    http_status = 500


class InputError(TipgraphError):
    """Input with faults; `faults` lists every fault of the run.

    Correct each fault at its file, row and column, and run the command again. Nothing was written.
    """

    http_status = 422

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order of file and row."""
        self.faults = sorted(set(faults), key=lambda fault: (fault.file, fault.row or 0, fault.column, fault.message))
        super().__init__(
            "\n".join([*map(str, self.faults), f"{len(self.faults)} fault{'s' * (len(self.faults) != 1)}"])
        )

    def adding(self, remark: str) -> "InputError":
        """Return the same error with a remark at its end, such as "nothing was written"."""
        error = InputError(self.faults)
        error.args = (f"{self}; {remark}",)
        return error


class CallError(TipgraphError):
    """A call that asks for something that does not exist.

    Take one of the choices that the message lists.
    """

    exit_code = 2
    http_status = 400


class UnknownName(CallError):
    """An unknown name.

    Take the near name in the message; `tipgraph find …` finds entries by words.
    """

    http_status = 404


class AmbiguousName(CallError):
    """A name of several entries.

    Take one of the names in the message, such as `place:japan`, or a whole IRI.
    """


class BadValue(CallError):
    """A value that does not fit its parameter.

    Write it in the form that the message shows, such as a year or a code.
    """


class StaleVersion(CallError):
    """A decision about a source that somebody else has changed since it was shown.

    Look at the source as it is now, and decide again; nothing was written.
    """

    http_status = 409


class MissingExtra(CallError):
    """A library of an extra that is not installed.

    Install the extra that the message names, such as `pip install 'tipgraph[scale]'`.
    """

    http_status = 501


class QueryError(CallError):
    """SPARQL that cannot be run.

    Change the query; nothing was read.
    """


class QuerySyntaxError(QueryError):
    """SPARQL that does not parse.

    Correct the line and column that the message names; our prefixes need no declaration.
    """


class QueryRefused(QueryError):
    """SPARQL that would write, leave the machine or end the process.

    A query may only read this graph: no update, no SERVICE, no FROM of another graph, no deep nesting.
    """

    http_status = 403


class GraphError(TipgraphError):
    """A graph file that is missing, or cannot be read or written.

    Name another file, or build the graph again; the message has the file and the reason.
    """


class RemoteError(GraphError):
    """An endpoint that cannot be reached, or does not answer as a SPARQL endpoint does.

    Check the address, and the credentials for its host.
    """

    http_status = 502


class RemoteTimeout(RemoteError):
    """An endpoint that does not answer in time.

    Ask for less, or set TIPGRAPH_TIMEOUT to more seconds.
    """

    http_status = 504
