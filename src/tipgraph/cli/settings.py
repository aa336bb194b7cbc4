"""The settings of a source that a person gives: by options, and as answers on a terminal."""

import sys
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path

import click

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
            question = f"  {NEEDED[key]}{hint if key == 'issued' and not default else ''}"
            check = partial(_checked, path, key, () if key in optional else (key,))
            settings[key] = click.prompt(question, default=default, show_default=bool(default), value_proc=check)
    return settings


def _checked(path: Path, key: str, needed: Collection[str], answer: str) -> str:
    """Return an answer for a setting; raise UsageError for a wrong one, and the terminal asks again."""
    from tipgraph.sources import add as adding

    given = {key: answer.strip()} if answer.strip() else {}
    for fault in adding.check_settings(path, given, needed):
        raise click.UsageError(fault.message.removeprefix("is missing; "))
    return answer.strip()
