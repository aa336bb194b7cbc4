"""A new project folder: what lies in `scaffold/`, with the names of a project filled in.

It is written beside its place and moved there whole; a folder that holds anything of a person is left as it is.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tipgraph.errors import BadValue, Fault, InputError, shown
from tipgraph.model import kit, project
from tipgraph.runtime import interruptible, umask

# What a folder may hold that becomes a project: the marks of version control, and what hosts offer to begin with.
_MAY_BE: Final = re.compile(r"\.git(?:ignore|attributes|hub)?|\.hg|\.venv|(?:README|LICEN[CS]E|COPYING)(?:\..*)?")
_NAMES: Final = {"gitignore": ".gitignore"}  # git would obey them where they lie


def init(folder: Path | str, *, title: str, namespace: str, prefix: str = "") -> list[Path]:
    """Make a folder a project of its own, with an example in it, and return the files that were written.

    `namespace` is the address of its own terms, which ends in `#`; `prefix` stands for it, by default the name of the
    folder. A README, a licence and what belongs to git stay as they are. Raises InputError for a folder that holds
    anything else, BadValue for a setting that cannot stand; nothing is written then.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as above:
    ...     files = init(f"{above}/harbour", title="Harbour House", namespace="https://example.org/harbour#")
    >>> "tipgraph.toml" in [path.name for path in files]
    True
    """
    target = Path(folder)
    said = {"title": title, "namespace": namespace, "prefix": prefix or _prefix_of(target)}
    if faults := [f"{name}: {message}" for name, message in project.wrong(said)]:
        raise BadValue("; ".join(faults))
    if outer := next((above for above in target.absolute().parents if (above / project.FILE).is_file()), None):
        raise InputError([Fault(f"lies in a project, {shown(outer)}; name a folder outside of it", shown(target))])
    try:
        files = _made(target, said)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}; name another place"
        raise InputError([Fault(message, shown(target))]) from error
    kit.forget()
    return [target / path for path in files]


def _made(target: Path, said: dict[str, str]) -> list[Path]:
    there = _allowed(target)
    with interruptible(), ExitStack() as undo:
        above = target.absolute().parent
        above.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=above, prefix=f".{target.name}."))
        undo.callback(shutil.rmtree, beside, ignore_errors=True)
        files = list(_written(beside, {**said, "version": kit.VERSION}, there))
        _moved(beside, target)
    return files


def _prefix_of(folder: Path) -> str:
    """Return a prefix that is the name of a folder, as far as its characters can be in one."""
    return re.sub(r"[^a-z0-9]+", "-", folder.absolute().name.lower()).strip("-")


def _allowed(folder: Path) -> frozenset[str]:
    """Return what a folder holds that stays as it is; raise InputError where it holds anything else."""
    if not folder.exists() and not folder.is_symlink():
        return frozenset()
    if not folder.is_dir():
        raise InputError([Fault("is no folder; name one that is empty, or not there yet", shown(folder))])
    names = sorted(path.name for path in folder.iterdir())
    strange = [name for name in names if not _MAY_BE.fullmatch(name)]
    if strange:
        more = f" and {len(strange) - 1} more" if len(strange) > 1 else ""
        message = (
            f"holds {strange[0]}{more}; a project begins in a folder that is not there yet, is empty, or holds only "
            ".git, a README and a licence; nothing was written"
        )
        raise InputError([Fault(message, shown(folder))])
    return frozenset(names)


def _written(folder: Path, said: dict[str, str], there: frozenset[str]) -> Iterator[Path]:
    """Write the files of the scaffold, filled in, but those that are there already; yield their ways."""
    fill = _filling(said)
    scaffold = kit.code("pipeline/starter")
    for path in sorted(path for path in scaffold.rglob("*") if path.is_file()):
        way = path.relative_to(scaffold)
        name = {**_NAMES, "own.ttl": f"{said['prefix']}.ttl"}.get(way.name, way.name)
        target = way.with_name(name)
        if target.parts[0] not in there:
            (folder / target).parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text("utf-8")
            filled = text if way.suffix in (".csv", ".txt") else fill(text)  # digests are of what stands there
            (folder / target).write_text(filled, "utf-8", newline="\n")
            yield target


def _filling(said: dict[str, str]) -> Callable[[str], str]:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701  no HTML
    environment.filters["toml"] = lambda text: json.dumps(text, ensure_ascii=False)
    environment.filters["markdown"] = lambda text: re.sub(r"([\\`*_{}\[\]<>#|&])", r"\\\1", text)
    return lambda text: environment.from_string(text).render(said)


def _moved(beside: Path, target: Path) -> None:
    """Move what was written into its place: the whole folder, or into one that is there piece by piece."""
    if not target.exists():
        beside.chmod(0o777 & ~umask())
        beside.rename(target)
        return
    moved: list[str] = []
    try:
        for name in sorted(path.name for path in beside.iterdir()):
            (beside / name).rename(target / name)
            moved += [name]
    except BaseException:  # Ctrl-C too
        for name in moved:
            (target / name).rename(beside / name)
        raise
    beside.rmdir()
