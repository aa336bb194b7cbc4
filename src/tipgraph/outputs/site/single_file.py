"""A site in one file: its pages and files packed, and a script that shows the page that the address names.

    the site's folder  →  packs of texts by their paths  →  tipgraph.html

The file holds the site as it is: `web/static/one-file.js` unpacks a page, runs its scripts and lets its links lead
through the file. A pack holds a folder, so that a page is there before all others are unpacked.

Decision: docs/decisions/0057-a-site-is-a-folder-of-files.md.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import groupby
from pathlib import Path, PurePosixPath

from markupsafe import Markup

from tipgraph.display import LANGUAGES
from tipgraph.outputs.site.assets import packed, static
from tipgraph.outputs.site.site_tree import Site

NAME = "tipgraph.html"
_MARK = Markup("<!-- A site of tipgraph in one file. -->")
_IN_HOUSE = Markup("<!-- A site of tipgraph in one file. In-house copy: do not publish. -->")
_PREVIEW = "assets/preview.png"  # for links to the site, which lead to no page of the file
_LARGE = 400_000  # characters
_ASSET = re.compile(r'<(?:script src|link rel="stylesheet" href)="(?:\.\./)*assets/([\w.-]+)"')
_IMAGE = re.compile(r'<img src="(?=(?:\.\./)*source/)')
_ENLARGE = re.compile(r'<a class="enlarge"[^>]*>(<img[^>]*>).*?</a>')
_DOWNLOAD = re.compile(r'<section class="download">.*?</section>', re.DOTALL)  # the file offers no file


def write(folder: Path, *, in_house: bool = False) -> int:
    """Write the site of a folder into one file within it, `tipgraph.html`; return the size of that in bytes."""
    used = {name for path in folder.rglob("*.html") for name in _ASSET.findall(_read(path))} | {"lens.css"}
    texts = {name: _read(path) for name in used if (path := folder / "assets" / name).is_file()}
    scripts, styles = ([text for name, text in texts.items() if name.endswith(end)] for end in (".js", ".css"))
    target = folder / NAME
    target.write_text(_document(scripts, styles, _packs(_texts(folder)), in_house=in_house), "utf-8", newline="\n")
    return target.stat().st_size


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of a site, but the site in one file, in the order of their paths; binary ones as addresses."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(paths.keys() - {NAME, _PREVIEW}):
        path = paths[name]
        if path.suffix == ".png":
            yield name, f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"
        else:
            text = _read(path)
            if "<figure>" in text:  # the script of the file finds its pictures, and no link leads to their files
                text = _IMAGE.sub('<img data-src="', _ENLARGE.sub(r"\1", text))
            yield name, _DOWNLOAD.sub("", text) if name.endswith("index.html") else text


def _packs(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Markup]]:
    """Yield packs of the texts of a folder, each by its first path; what is large has one of its own."""
    runs = groupby(texts, key=lambda item: (PurePosixPath(item[0]).parent, item[0] * (len(item[1]) > _LARGE)))
    with ThreadPoolExecutor() as pool:
        yield from pool.map(_packed, [dict(run) for _, run in runs])


def _packed(texts: dict[str, str]) -> tuple[str, Markup]:
    return next(iter(texts)), Markup(packed(texts))  # noqa: S704  # Base64 ends no block


def _document(
    scripts: Iterable[str], styles: Iterable[str], packs: Iterable[tuple[str, Markup]], *, in_house: bool
) -> str:
    loader = static("shared.js", "one-file.js")
    look = static("one-file.css")
    sites = [Site(Path(), language) for language in LANGUAGES]
    return sites[0].text(
        "single_file.html",
        mark=_IN_HOUSE if in_house else _MARK,
        in_house=in_house,
        allowed={"scripts": hashes([loader, *scripts]), "styles": hashes([look, *styles])},
        loader=Markup(loader),  # noqa: S704  # a file of ours
        look=Markup(look),  # noqa: S704
        sites=sites,
        said={
            site.language: {
                "missing": site.words("This file has no page {path}. This is its first page."),
                "broken": site.words("This file is damaged, and {path} cannot be read; copy the file again."),
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
