"""Every error that tipgraph raises on purpose.

    TipgraphError
    ├── InputError          tables, texts or settings with faults, all of one run listed together
    ├── CallError           the caller asked for something that is not there
    │   ├── UnknownName     a thing, question, parameter or source by a name that nobody knows
    │   ├── AmbiguousName   a name that means several things
    │   ├── BadValue        a value that does not fit its parameter
    │   └── MissingGuest    what needs a library that is not installed; it says which extra brings it
    ├── QueryError          SPARQL that cannot be run
    │   ├── QuerySyntaxError    it does not parse
    │   └── QueryRefused        it would write, leave the machine or end the process
    └── GraphError          a graph file that is missing or cannot be read or written
        └── RemoteError         an endpoint that does not answer as it should
            └── RemoteTimeout       it does not answer in time

The server adds its own, beside what raises them (`server/`): they say how a request ends.

Each message says what is wrong and what to do next. `exit_code` is what the command line returns, `http_status` what
a server answers.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Fault(NamedTuple):
    """One thing that is wrong, and where: a file, a row (the line in the file) and a column."""

    message: str
    file: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        """Say it as `file:row: column: message`, leaving out what is not known."""
        place = f"{self.file}:{self.row}" if self.row is not None else self.file
        return ": ".join(part for part in (place, self.column, self.message) if part)


class TipgraphError(Exception):
    """Anything that tipgraph refuses or cannot do."""

    exit_code = 1
    http_status = 500


class InputError(TipgraphError):
    """Input with faults; `faults` lists every one of the run."""

    http_status = 422

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order of file and row."""
        self.faults = sorted(set(faults), key=lambda fault: (fault.file, fault.row or 0, fault.column, fault.message))
        super().__init__(
            "\n".join([*map(str, self.faults), f"{len(self.faults)} fault{'s' * (len(self.faults) != 1)}"])
        )

    def adding(self, remark: str) -> "InputError":
        """Return the same error with a remark at its end, such as what was left undone."""
        error = InputError(self.faults)
        error.args = (f"{self}; {remark}",)
        return error


class CallError(TipgraphError):
    """A call that asks for something that is not there."""

    exit_code = 2
    http_status = 400


class UnknownName(CallError):
    """A name that nobody knows."""

    http_status = 404


class AmbiguousName(CallError):
    """A name that means several things."""


class BadValue(CallError):
    """A value that does not fit its parameter."""


class MissingGuest(CallError):
    """A call for what needs a library that is not installed."""

    http_status = 501


class QueryError(CallError):
    """SPARQL that cannot be run."""


class QuerySyntaxError(QueryError):
    """SPARQL that does not parse."""


class QueryRefused(QueryError):
    """SPARQL that would write, leave the machine or end the process."""

    http_status = 403


class GraphError(TipgraphError):
    """A graph file that is missing or cannot be read or written."""


class RemoteError(GraphError):
    """An endpoint that cannot be reached, or does not answer as it should."""

    http_status = 502


class RemoteTimeout(RemoteError):
    """An endpoint that does not answer in time."""

    http_status = 504
