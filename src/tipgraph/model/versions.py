"""The three versions behind a graph: program, ontology and data."""

import re
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import InputError
from tipgraph.model import kit
from tipgraph.runtime import read_toml

_ONTOLOGY = re.compile(r'^\s+owl:versionInfo "([^"]+)"', re.MULTILINE)
_READ = frozenset({".csv", ".toml"})  # the files that become a graph
_SHOWN = 12


class Data(NamedTuple):
    """The data of a folder: the day of issue of its reference, and a digest of its tables and settings."""

    edition: str
    digest: str

    def __str__(self) -> str:
        """Return both in a line."""
        return f"{self.edition or 'without an edition'} ({self.digest[:_SHOWN]})"


def ontology() -> str:
    """Return the version of the ontology, `owl:versionInfo` of `terms.ttl`, without parsing the file.

    >>> ontology()
    '0.1.0'
    """
    version = _ONTOLOGY.search((kit.folder("ontology") / "terms.ttl").read_text("utf-8"))
    return version[1] if version else ""


def data(folder: Path) -> Data:
    """Return the edition of a folder of sources, `issued` of its `reference/source.toml`, and the digest of its tables.

    The digest is the SHA-256 of path, length and bytes of each `.csv` and `.toml` file, in the order of the paths. It
    is the same on every machine.
    """
    digest = sha256()
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        if path.suffix in _READ and path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return Data(_issued(folder / "reference" / "source.toml"), digest.hexdigest())


def _issued(path: Path) -> str:
    """Return the day of issue of a source; an empty string if its file cannot be read, which a build reports."""
    try:
        return str(read_toml(path).get("issued", ""))
    except InputError:
        return ""


def summary() -> str:
    """Return a line for each version, and one for the data of the project if there is one."""
    lines = [f"tipgraph {kit.VERSION}", f"ontology {ontology()}", f"data {data(kit.folder('data'))}"]
    own = kit.project()
    return "\n".join([*lines, *([f"{own.title}: data {data(own.data)}"] if own else [])])
