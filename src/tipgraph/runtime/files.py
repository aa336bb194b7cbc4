"""Plain reading of files: at most so many bytes, no pipe or device, UTF-8, and a fault that says what is wrong."""

import errno
import re
import stat
from pathlib import Path
from typing import Any, Final

from tipgraph.errors import Fault, InputError, shown

_MOST: Final = 1 << 30  # bytes of a file that is read into memory
_LARGEST_SETTINGS: Final = 1 << 20


def check_file(path: Path, most: int) -> None:
    """Raise OSError for a pipe or a device, which might never end, and for a file of more than `most` bytes."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no file; save its content to one first", str(path))
    if found.st_size > most:
        raise OSError(errno.EFBIG, f"it is larger than {most >> 20:,} MB; divide it, or name another", str(path))


def read_bytes(path: Path, most: int = _MOST) -> bytes:
    """Return the bytes of a plain file; raise OSError for anything else, and for more than `most` bytes."""
    check_file(path, most)
    return path.read_bytes()


def read_text(path: Path, most: int = _MOST) -> str:
    """Return the text of a UTF-8 file without its BOM, line ends as newlines. Raises OSError, UnicodeDecodeError."""
    return read_bytes(path, most).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def unreadable(path: Path, error: OSError | UnicodeDecodeError) -> Fault:
    """Return the fault of a file that cannot be read, or is not UTF-8."""
    if isinstance(error, UnicodeDecodeError):
        return Fault(f"is not UTF-8 (byte {error.start}); save it as UTF-8", shown(path))
    return Fault(f"cannot be read: {error.strerror or error}", shown(path))


def read_toml(path: Path) -> dict[str, Any]:
    """Return the settings of a TOML file; raise InputError if it cannot be read."""
    import tomllib

    try:
        text = read_bytes(path, _LARGEST_SETTINGS).decode("utf-8-sig")
        if faults := merge_faults(text, shown(path)):
            raise InputError(faults)
        return tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        fault = unreadable(path, error)
    except RecursionError:
        fault = Fault("is nested too deeply; write plain keys and tables", shown(path))
    except ValueError as error:  # TOMLDecodeError, or a number that is too long
        line = re.search(r"line (\d+)", str(error))
        fault = Fault(f"is no TOML: {error}", shown(path), int(line[1]) if line else None)
    raise InputError([fault])


def merge_faults(text: str, file: str) -> list[Fault]:
    r"""Return a fault for each place of a text where git could not merge the changes of two people.

    >>> for fault in merge_faults("id\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n", "actors.csv"):
    ...     print(str(fault).partition(";")[0])
    actors.csv:2: git could not merge this
    """
    marks = {mark: list(re.finditer(rf"^{mark}{{7}}(?= |\r?$)", text, re.MULTILINE)) for mark in "<>"}
    message = (
        "git could not merge this; keep the rows that hold, and remove the lines that begin with <<<<<<<, ======= and "
        ">>>>>>>"
    )
    return [Fault(message, file, text.count("\n", 0, match.start()) + 1) for match in marks["<"] or marks[">"]]
