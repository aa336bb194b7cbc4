"""Which program, which ontology and which data: the three versions, each its own, that a graph is made of."""

import re
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tipgraph.model import kit
from tipgraph.runtime import text

_ONTOLOGY = re.compile(r'^\s+owl:versionInfo "([^"]+)"', re.MULTILINE)
_READ = frozenset({".csv", ".toml"})  # what of a folder of sources becomes a graph
_SHOWN = 12


class Data(NamedTuple):
    """The data of a folder: the day on which its reference was issued, and a digest of all that is read of it."""

    edition: str
    digest: str

    def __str__(self) -> str:
        """Say both in a line."""
        return f"{self.edition or 'without an edition'} ({self.digest[:_SHOWN]})"


def ontology() -> str:
    """Return the version of the ontology, `owl:versionInfo` of `terms.ttl`, without parsing all of that.

    >>> ontology()
    '0.1.0'
    """
    found = _ONTOLOGY.search((kit.folder("ontology") / "terms.ttl").read_text("utf-8"))
    return found[1] if found else ""


def data(folder: Path) -> Data:
    """Return the edition of a folder of sources, `issued` of its `reference/source.toml`, and the digest of its tables.

    The digest is the SHA-256 of each `.csv` and `.toml` file, by the order of their paths: path, length and bytes. The
    same files have the same digest on every machine.
    """
    digest = sha256()
    for path in sorted(folder.rglob("*"), key=lambda one: one.relative_to(folder).as_posix()):
        if path.suffix in _READ and path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return Data(_issued(folder / "reference" / "source.toml"), digest.hexdigest())


def _issued(path: Path) -> str:
    """Return when a source was issued, nothing where its file is not there or cannot be read: a build says why."""
    try:
        return str(tomllib.loads(text(path)).get("issued", ""))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ""


def said() -> str:
    """Return the three versions for a person, a line for each, and where there is a project that of its data."""
    lines = [f"tipgraph {kit.VERSION}", f"ontology {ontology()}", f"data {data(kit.folder('data'))}"]
    own = kit.project()
    return "\n".join([*lines, *([f"{own.title}: data {data(own.data)}"] if own else [])])
