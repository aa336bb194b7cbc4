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
from pathlib import Path
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


def shown(path: Path) -> str:
    """Return a path as a person would type it: relative to where they are, if it is below."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)


class TipgraphError(Exception):
    """Anything that tipgraph refuses or cannot do.

    Catch this one to catch all that is raised on purpose; its text is meant for the person who asked.

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
    """Input with faults; `faults` lists every one of the run.

    Mend each where its file, row and column say, and run it again; nothing was written.
    """

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
    """A call that asks for something that is not there.

    Read the message: it lists what there is.
    """

    exit_code = 2
    http_status = 400


class UnknownName(CallError):
    """A name that nobody knows.

    Take the near name that the message offers; `tipgraph query things like=…` finds short names.
    """

    http_status = 404


class AmbiguousName(CallError):
    """A name that means several things.

    Take one of those that the message lists, such as `place:japan`, or a whole IRI.
    """


class BadValue(CallError):
    """A value that does not fit its parameter.

    Write it as the message shows: a year or a day, a code of the list, a whole number.
    """


class MissingGuest(CallError):
    """A call for what needs a library that is not installed.

    Install the extra that the message names, such as `pip install 'tipgraph[scale]'`.
    """

    http_status = 501


class QueryError(CallError):
    """SPARQL that cannot be run.

    Change the query; nothing was read.
    """


class QuerySyntaxError(QueryError):
    """SPARQL that does not parse.

    Look at the line and the column that the message names; our prefixes need not be declared.
    """


class QueryRefused(QueryError):
    """SPARQL that would write, leave the machine or end the process.

    Ask what only reads this graph: no update, no SERVICE, no FROM of elsewhere, less deeply nested.
    """

    http_status = 403


class GraphError(TipgraphError):
    """A graph file that is missing or cannot be read or written.

    Name another place, or build the graph again; the message says which file it was and why.
    """


class RemoteError(GraphError):
    """An endpoint that cannot be reached, or does not answer as it should.

    See whether the address is that of a SPARQL endpoint, and whether credentials are set for its host.
    """

    http_status = 502


class RemoteTimeout(RemoteError):
    """An endpoint that does not answer in time.

    Ask for less, or set TIPGRAPH_TIMEOUT to more seconds.
    """

    http_status = 504
