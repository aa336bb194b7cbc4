"""Graph files of `tipgraph source import --into`, which a build reads beside the tables."""

import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from tipgraph.errors import Fault, InputError
from tipgraph.model import DATA, Statement, tip
from tipgraph.runtime import open_file

_SOURCE = NamedNode(tip.Source)
_DESCRIBED = f"> <{tip.Source}> <".encode()
_LINES_OF_IMPORT = re.compile(rf"(?:<[^\n]* <{re.escape(DATA)}[^ \n]*> \.\n)*+".encode())
_AT_ONCE = 1 << 20  # bytes


def statements_of(path: Path) -> Iterator[Statement]:
    """Yield the statements of a graph file; raise InputError for one that no import wrote."""
    described = False
    try:
        with open_file(path):  # refuses a pipe or a device
            pass
        for quad in parse(path=str(path), format=RdfFormat.N_QUADS):
            subject, predicate, value, graph = quad.subject, quad.predicate, quad.object, quad.graph_name
            if not (isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal)):
                raise _refused(path, f"has a blank node or a triple as a term ({quad}), which no import writes")
            if not (isinstance(graph, NamedNode) and graph.value.startswith(DATA)):
                raise _refused(path, f"has a statement that is in no graph of a source ({quad})")
            described |= value == _SOURCE
            yield Statement(subject, predicate, value, graph)
    except (OSError, SyntaxError, ValueError) as error:
        raise _refused(path, f"cannot be read as N-Quads: {error}") from error
    if not described:
        raise _refused(path, "describes no source; name a file that `tipgraph source import --into` wrote")


def refuse_foreign(path: Path) -> None:
    """Raise InputError for a file that no import wrote; one with the lines of an import is not parsed."""
    if not _has_lines_of_import(path):
        deque(statements_of(path), maxlen=0)


def _has_lines_of_import(path: Path) -> bool:
    """Tell whether every line names the graph of a source, and one describes a source."""
    described = False
    try:
        with open_file(path) as file:
            while lines := file.read(_AT_ONCE) + file.readline():
                if not _LINES_OF_IMPORT.fullmatch(lines):
                    return False
                described |= _DESCRIBED in lines
    except OSError:
        return False
    return described


def _refused(path: Path, message: str) -> InputError:
    return InputError([Fault(message, str(path))])
