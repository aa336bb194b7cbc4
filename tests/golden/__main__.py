"""Compare what people see of the kit with `kit.zip`: `python -m tests.golden [--write] [GRAPH [SITE]]`.

Each difference is printed; it is wanted, and named in its commit, or a fault. Without SITE the pages are not compared.
"""

import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Final

from tests.golden import seen

KIT: Final = Path(__file__).parent / "kit.zip"
SHOWN: Final = 40  # lines of one difference


def differences(golden: Mapping[str, str], found: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of each difference, the first ones of a long one."""
    for name, text in found.items():
        before = golden.get(name, "").splitlines()
        yield from islice(unified_diff(before, text.splitlines(), name, "now", n=0, lineterm=""), SHOWN)


def kept() -> dict[str, str]:
    """Return the golden files by name; none before the first is written."""
    if not KIT.exists():
        return {}
    with zipfile.ZipFile(KIT) as opened:
        return {name: opened.read(name).decode("utf-8") for name in opened.namelist()}


def keep(found: Mapping[str, str]) -> None:
    """Write the golden files, the same bytes for the same texts."""
    with zipfile.ZipFile(KIT, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as opened:
        for name, text in sorted(found.items()):
            opened.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED, 9)


def main(graph_file: Path = Path("build/graph.trig"), site: Path | None = None, *, write: bool = False) -> int:
    """Print the differences, and write what is found if asked to; return 1 if a difference is left."""
    with tempfile.TemporaryDirectory() as folder:
        found = dict(seen.files_of(graph_file, Path(folder)))
    if site:
        found["pages.txt"] = seen.pages(site)
    golden = kept()
    lines = list(differences(golden, found))
    sys.stdout.write("".join(f"{line[:300]}\n" for line in lines))
    if write:
        keep(golden | found)
    return int(bool(lines) and not write)


if __name__ == "__main__":
    places = [Path(word) for word in sys.argv[1:] if word != "--write"]
    sys.exit(main(*places, write="--write" in sys.argv))
