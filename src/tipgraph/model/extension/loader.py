"""The files of a project's ontology, read: their terms, their shapes, and where each begins."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import SH, Graph
from rdflib.term import BNode, Node

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import atomic

_SHACL: Final = str(SH)


@dataclass
class Extension:
    """The terms and the shapes of a project, and which file says each subject first, with its row."""

    terms: Graph = field(default_factory=Graph)
    shapes: Graph = field(default_factory=Graph)
    places: dict[str, tuple[str, int | None]] = field(default_factory=dict)


def read(paths: Sequence[Path], kit_files: Iterable[str]) -> Extension:
    """Read the files of a project; raise InputError for those that cannot be read, with the row where that is known."""
    found, faults = Extension(), []
    taken = set(kit_files)
    for path in paths:
        if path.name in taken:
            faults.append(Fault("has the name of a file of the kit; rename it", shown(path)))
        try:
            _take(found, path, shown(path))
        except SyntaxError as error:
            faults.append(Fault(f"is no Turtle: {error.msg}", shown(path), error.lineno))
        except UnicodeDecodeError as error:
            faults.append(Fault(f"is not UTF-8 (byte {error.start}); save it as UTF-8", shown(path)))
        except OSError as error:
            faults.append(Fault(f"cannot be read: {error.strerror or error}", shown(path)))
    if faults:
        raise InputError(faults)
    return found


def _take(found: Extension, path: Path, file: str) -> None:
    text = atomic.text(path)
    quads = list(parse(text, format=RdfFormat.TURTLE))  # which says the row of what is wrong
    whole = Graph().parse(data=text, format="turtle")
    for triple in whole:
        (found.shapes if _is_of_shapes(triple) else found.terms).add(triple)
    for subject in {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}:
        found.places.setdefault(subject, (file, _row(text, subject, whole)))


def _is_of_shapes(triple: Iterable[Node]) -> bool:
    return any(isinstance(part, BNode) or str(part).startswith(_SHACL) for part in triple)


def _row(text: str, iri: str, graph: Graph) -> int | None:
    """Return the row on which a file begins to speak of a term, where it can be found."""
    names = [re.escape(f"<{iri}>")]
    names += [
        re.escape(f"{prefix}:{iri.removeprefix(str(namespace))}")
        for prefix, namespace in graph.namespaces()
        if iri.startswith(str(namespace))
    ]
    begun = re.search(rf"^[ \t]*(?:{'|'.join(names)})(?=[\s;,])", text, re.MULTILINE)
    return text.count("\n", 0, begun.start()) + 1 if begun else None
