"""A new project folder: the files of `starter/`, with the names of the project filled in.

It is written beside its place and moved into it. A folder with other files is left as it is, also with those of a run
that was killed while it moved files into a folder of somebody.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tipgraph.errors import BadValue, Fault, InputError, shown
from tipgraph.model import kit, project
from tipgraph.runtime import beside

# Files that the folder of a new project may hold: those of version control, and those that hosts offer to begin with.
_ALLOWED: Final = re.compile(r"\.git(?:ignore|attributes|hub)?|\.hg|\.venv|(?:README|LICEN[CS]E|COPYING)(?:\..*)?")
_NAMES: Final = {name: f".{name}" for name in ("gitattributes", "gitignore")}  # git would obey them in `starter/`


def init(folder: Path | str, *, title: str, namespace: str, prefix: str = "") -> list[Path]:
    """Make a folder a project, with an example in it, and return the files that were written.

    `namespace` is the address of its own terms, which ends in `#`; `prefix` abbreviates it, by default the name of the
    folder. A README, a licence and the files of git stay as they are. Raises InputError for a folder with other files,
    BadValue for a wrong setting; nothing is written then.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as above:
    ...     files = init(f"{above}/harbour", title="Harbour House", namespace="https://example.org/harbour#")
    >>> "tipgraph.toml" in [path.name for path in files]
    True
    """
    target = Path(folder)
    default = re.sub(r"[^a-z0-9]+", "-", target.absolute().name.lower()).strip("-")
    settings = {"title": title, "namespace": namespace, "prefix": prefix or default}
    if faults := [f"{name}: {message}" for name, message in project.wrong(settings)]:
        raise BadValue("; ".join(faults))
    if outer := next((above for above in target.absolute().parents if (above / project.FILE).is_file()), None):
        raise _fault(target, f"is inside a project, {shown(outer)}; name a folder outside of it")
    try:
        place = target.resolve()
        with beside(place) as scratch:
            present = _present_files(target)
            draft = scratch / "new"
            draft.mkdir()
            files = list(_write_files(draft, {**settings, "version": kit.VERSION}, present))
            names = sorted((path.name for path in draft.iterdir()), key=lambda name: (name == project.FILE, name))
            if not place.exists():
                draft.rename(place)
            else:
                for name in names:  # last the file that makes the folder a project
                    (draft / name).rename(place / name)
    except OSError as error:
        raise _fault(target, f"cannot be written: {error.strerror or error}; name another place") from error
    kit.forget()
    return [target / path for path in files]


def _fault(folder: Path, message: str) -> InputError:
    return InputError([Fault(message, shown(folder))])


def _present_files(folder: Path) -> frozenset[str]:
    """Return the files of a folder that stay as they are; raise InputError if it holds any other."""
    if not folder.exists() and not folder.is_symlink():
        return frozenset()
    if not folder.is_dir():
        raise _fault(folder, "is no folder; name one that is empty, or not there yet")
    names = frozenset(path.name for path in folder.iterdir())
    if others := sorted(name for name in names if not _ALLOWED.fullmatch(name)):
        holds = f"holds {others[0]}" + (f" and {len(others) - 1} more" if len(others) > 1 else "")
        where = "that is not there yet, is empty, or holds only .git, a README and a licence"
        raise _fault(folder, f"{holds}; a project begins in a folder {where}; nothing was written")
    return names


def _write_files(folder: Path, settings: dict[str, str], present: frozenset[str]) -> Iterator[Path]:
    """Write the files of the starter, filled in, but those that are present; yield their relative paths."""
    fill = _filler(settings)
    starter = kit.code("pipeline/starter")
    for path in sorted(path for path in starter.rglob("*") if path.is_file()):
        relative = path.relative_to(starter)
        name = {**_NAMES, "own.ttl": f"{settings['prefix']}.ttl"}.get(relative.name, relative.name)
        target = relative.with_name(name)
        if target.parts[0] not in present:
            (folder / target).parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8")
            filled = text if relative.suffix in (".csv", ".txt") else fill(text)  # digests are of the text as it is
            (folder / target).write_text(filled, "utf-8", newline="\n")
            yield target


def _filler(settings: dict[str, str]) -> Callable[[str], str]:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701  no HTML
    environment.filters["toml"] = lambda text: json.dumps(text, ensure_ascii=False)
    environment.filters["markdown"] = lambda text: re.sub(r"([\\`*_{}\[\]<>#|&])", r"\\\1", text)
    return lambda text: environment.from_string(text).render(settings)
