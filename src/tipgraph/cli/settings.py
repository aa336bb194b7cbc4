"""The settings of a source that a person gives: by options, and as answers on a terminal."""

import sys
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from tipgraph.cli.terminal import ask_setting
from tipgraph.errors import InputError


def given_settings(options: Mapping[str, str | None]) -> dict[str, str]:
    """Return the settings of `source.toml` that options give."""
    return {"issuedBy" if name == "publisher" else name: value for name, value in options.items() if value}


def ask_settings(
    path: Path, given: Mapping[str, str], defaults: Mapping[str, str], hint: str = "", optional: Collection[str] = ()
) -> dict[str, str]:
    """Return the given settings and, on a terminal, answers for those that are missing; `optional` may stay empty.

    A default is the answer to an empty line, and `hint` is for the date. Raises InputError for a wrong given setting.
    """
    from tipgraph.sources import NEEDED
    from tipgraph.sources import add as adding

    settings = dict(given)
    if sys.stdin.isatty():
        if faults := list(adding.check_settings(path, given, ())):
            raise InputError(faults).adding("nothing was written")
        for key in [key for key in NEEDED if not given.get(key)]:
            default = defaults.get(key, "")
            question = f"{NEEDED[key]}{hint if key == 'issued' and not default else ''}"
            settings[key] = ask_setting(question, partial(_wrong, path, key, key not in optional), default)
    return settings


def _wrong(path: Path, key: str, is_needed: bool, answer: str) -> Iterator[str]:
    """Yield what is wrong with an answer for a setting."""
    from tipgraph.sources import add as adding

    for fault in adding.check_settings(path, {key: answer} if answer else {}, [key] * is_needed):
        yield fault.message.removeprefix("is missing; ")
