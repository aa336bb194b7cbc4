"""A site in one file: its pages and files packed, and a script that shows the page that the address names.

    the site's folder  →  packs of texts by their paths  →  tipgraph.html

Nothing is written for it but the site itself: `web/book.js` unpacks a page, runs its scripts and lets its links lead
through the file. A pack holds neighbours, so that a page is there before all others are unpacked.

Decision: docs/decisions/0081-the-one-file-site-is-the-packed-site.md.
"""

import base64
import gzip
import json
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from tipgraph.display import LANGUAGES
from tipgraph.outputs.site.site_tree import Site

NAME = "tipgraph.html"
_MARK = Markup("<!-- A site of tipgraph in one file. -->")
_WEB = Path(__file__).parent / "web"
_LOADER = ("address.js", "packed.js", "book.js")
_PACK = 400_000  # characters, not packed: what is read for one page
_SCRIPT = re.compile(r'<script src="(?:\.\./)*assets/([\w.-]+)" defer></script>')
_STYLE = re.compile(r'<link rel="stylesheet" href="(?:\.\./)*assets/([\w.-]+)">')
_OTHERS = ".min.js"  # scripts of others, which are run as they are, once
_BLOCK = re.compile(r'<script type="application/gzip;base64"[^>]*>([^<]*)</script>')


def write(folder: Path) -> int:
    """Write the site of a folder into one file within it, `tipgraph.html`; return the size of that in bytes."""
    scripts, styles = _used(folder)
    bundles = {f"assets/{'+'.join(names)}": _bundle(folder / "assets" / name for name in names) for names in scripts}
    parts = {f"assets/{path.name}" for path in _WEB.glob("*.js")}
    others = sorted((folder / "assets").glob(f"*{_OTHERS}"))
    run = [*bundles.values(), *map(_read, others)]
    looks = [_read(folder / "assets" / name) for name in styles]
    target = folder / NAME
    packs = _packs(_texts(folder, bundles, without={*parts, NAME}))
    target.write_text(_document(run, looks, packs), "utf-8", newline="\n")
    return target.stat().st_size


def is_book(path: Path) -> bool:
    """Tell whether a file is a site in one file that was written here."""
    with path.open("rb") as file:
        return _MARK.encode() in file.read(200)


def read(text: str) -> Iterator[tuple[str, str]]:
    """Yield what a site in one file holds, each file's path and text, and the scripts as they are put together."""
    for block in _BLOCK.findall(text):
        yield from json.loads(gzip.decompress(base64.b64decode(block))).items()


def _used(folder: Path) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return which scripts of ours pages run together, and their styles."""
    scripts, styles = set(), set()
    for path in folder.rglob("*.html"):
        text = _read(path)
        scripts.add(tuple(name for name in _SCRIPT.findall(text) if not name.endswith(_OTHERS)))
        styles |= set(_STYLE.findall(text))
    return sorted(scripts - {()}), sorted(styles)


def _bundle(paths: Iterable[Path]) -> str:
    """Return scripts as one, whose names are its own: a page shown later may use the same."""
    return f"(() => {{\n{''.join(map(_read, paths))}}})();\n"


def _texts(folder: Path, made: dict[str, str], without: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the files of a site and what was made of them by their paths, in the order of these."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for path in sorted({*files, *made} - without):
        yield path, made[path] if path in made else _read(files[path])


def _packs(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Markup]]:
    """Yield packs of texts, each by its first path; what is large has one of its own."""
    pack: dict[str, str] = {}
    size = 0
    for path, text in texts:
        if pack and size + len(text) > _PACK:
            yield _packed(pack)
            pack, size = {}, 0
        pack[path] = text
        size += len(text)
    if pack:
        yield _packed(pack)


def _packed(texts: dict[str, str]) -> tuple[str, Markup]:
    block = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    text = base64.b64encode(gzip.compress(block, 9, mtime=0)).decode("ascii")
    return next(iter(texts)), Markup(text)  # noqa: S704  # Base64 ends no block


def _document(scripts: Iterable[str], styles: Iterable[str], packs: Iterable[tuple[str, Markup]]) -> str:
    loader, look = _bundle(_WEB / name for name in _LOADER), _read(_WEB / "book.css")
    sites = [Site(Path(), language) for language in LANGUAGES]
    return sites[0].text(
        "book.html",
        mark=_MARK,
        allowed={"scripts": hashes([loader, *scripts]), "styles": hashes([look, *styles])},
        loader=Markup(loader),  # noqa: S704  # a file of ours
        look=Markup(look),  # noqa: S704
        sites=sites,
        said={
            site.language: {
                "missing": site.words("This file holds no page {path}. Here is its first one."),
                "broken": site.words("This file is damaged, so that {path} cannot be read; copy it anew."),
            }
            for site in sites
        },
        packs=packs,
    )


def hashes(texts: Iterable[str]) -> Markup:
    """Return texts as a policy allows them, each by its digest."""
    digests = sorted({base64.b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii") for text in texts})
    return Markup(" ".join(f"'sha256-{digest}'" for digest in digests))  # noqa: S704  # Base64 ends no attribute


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")  # with its ends of lines, on which digests depend
