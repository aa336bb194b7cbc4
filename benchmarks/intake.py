"""How well documents are read: quotes found, paragraphs rebuilt, seconds and memory, in turn with other readers of PDF.

PDFs are made of our own texts by Chromium's print, ReportLab and LibreOffice: one and two columns, heads, feet, page
numbers, footnotes, words parted at line ends, a table. Real PDFs are read too, where they are installed:
`intake_truth.json` has digests of the paragraphs of pages that were compared with their pictures by eye, and no
words.

A quote is found if it is in the text, white space and the forms of quotation marks and dashes aside. Every quote that
tipgraph finds must be a slice of its text. A paragraph is rebuilt if it is in the text exactly, with blank lines
around.
"""

import json
import logging
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.browser import CHROMIUM
from benchmarks.figures import ROOT, SHARED, Figure, Run, at_least, at_most, seconds, spent
from tests.intake.making import PARTS, Part, paragraphs, write_docx, write_html, write_pdf
from tipgraph.runtime import command, is_here
from tipgraph.sources import documents
from tipgraph.sources.documents.layout import clean
from tipgraph.sources.evidence import spans

SIZES = SMOKE = ()
DOCUMENTS = SHARED / "data" / "documents"
DOC = Path("/usr/share/doc")
REAL = {
    "federal-register-2020-17221.pdf": DOCUMENTS,
    "multi_page.pdf": DOCUMENTS,
    "word365_structure.pdf": DOCUMENTS,
    "libtasn1.pdf": DOC / "libtasn1-doc",
    "shared-mime-info-spec.pdf": DOC / "shared-mime-info",
}
TRUTH = Path(__file__).with_name("intake_truth.json")
TEXTS = ("docs/explanations/claims.md", "docs/explanations/limits.md", "docs/explanations/numbers.md")
NOTE = Part("note", "See the annual report of the board, which lists every figure and how it was counted.")
STYLES = {
    "one column": "body{font:11pt serif}",
    "two columns, parted words": "body{font:10pt serif;columns:2;text-align:justify;hyphens:manual} h2{font-size:12pt}",
    "indents, no space between": "body{font:11pt sans-serif} p{margin:0;text-indent:1.5em} li p{text-indent:0}",
}
COLUMN_PARTS = 50  # Chromium prints no second page of columns
OFFICE = shutil.which("soffice")


class Case(NamedTuple):
    """A PDF, its program, and the paragraphs that it was made of."""

    program: str
    form: str
    path: Path
    truth: list[str]


def our_parts() -> tuple[Part, ...]:
    """Return our own texts as parts of a document."""
    parts: list[Part] = []
    for name in TEXTS:
        path = ROOT / name
        text = path.read_text("utf-8") if path.exists() else ""
        for block in re.split(r"\n\s*\n", text):
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"[`*]", "", block))
            if "```" in block or block.startswith(("|", "   ", "<")):
                continue
            if block.startswith("#"):
                parts.append(Part("heading", clean(plain.lstrip("# ").splitlines()[0])))
            elif block.startswith("- "):
                parts += [Part("bullet", clean(item)) for item in re.split(r"\n- ", plain[2:])]
            elif not re.match(r"\d+\. ", block):
                parts.append(Part("prose", clean(plain)))
    return (*PARTS, *(part for part in parts if part.text))


def with_soft_hyphens(text: str) -> str:
    """Return a text whose long words may be parted at line ends."""
    parted = r"(?<=[a-z]{4})(?=[a-z]{4})"
    return re.sub(r"[a-z]{9,}", lambda match: re.sub(parted, "\u00ad", match[0], count=1), text)


def printed(folder: Path, parts: tuple[Part, ...]) -> Iterator[Case]:
    """Print web pages by Chromium, with its own heads and feet on the last one."""
    if CHROMIUM is None:
        print("  Chromium is not installed: its PDFs are left out")
        return
    for number, (form, style) in enumerate({**STYLES, "heads and feet of the browser": STYLES["one column"]}.items()):
        page = folder / f"chromium-{number}.html"
        chosen = parts[:COLUMN_PARTS] if "columns" in form else parts
        parted = tuple(part._replace(text=with_soft_hyphens(part.text)) for part in chosen)
        write_html(page, parted if "parted" in form else chosen, style)
        path = page.with_suffix(".pdf")
        flags = [] if "browser" in form else ["--no-pdf-header-footer"]
        call = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={path}", *flags, str(page)]
        subprocess.run(call, capture_output=True, check=True)
        yield Case("Chromium", form, path, paragraphs(chosen))


def drawn(folder: Path, parts: tuple[Part, ...]) -> Iterator[Case]:
    """Draw documents by ReportLab, with heads, page numbers and a footnote."""
    for columns in (1, 2):
        path = write_pdf(folder / f"reportlab-{columns}.pdf", parts, columns, 10 if columns == 1 else 8, note=NOTE.text)
        form = f"{('one', 'two')[columns - 1]} column{'s' * (columns > 1)}, heads, feet, a footnote"
        yield Case("ReportLab", form, path, [*paragraphs(parts), f"1 {NOTE.text}"])


def converted(folder: Path, parts: tuple[Part, ...]) -> Iterator[Case]:
    """Convert Word documents by LibreOffice."""
    if OFFICE is None:
        print("  LibreOffice is not installed: its PDFs are left out")
        return
    restarted = without_second_lists(parts)
    for columns in (1, 2):
        if columns > 1:  # Word's table would be wider than the column
            restarted = tuple(part for part in restarted if part.kind != "row")
        parted = tuple(part._replace(text=with_soft_hyphens(part.text)) for part in restarted)
        path = write_docx(folder / f"office-{columns}.docx", parted, columns)
        profile = f"-env:UserInstallation=file://{folder}/office"
        call = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
        subprocess.run(call, capture_output=True, check=True)
        if not path.with_suffix(".pdf").exists():
            print("  LibreOffice has no Writer: its PDFs are left out")
            return
        form = f"{('one', 'two')[columns - 1]} column{'s' * (columns > 1)}, heads, feet, parted words"
        yield Case("LibreOffice", form, path.with_suffix(".pdf"), paragraphs(restarted))


def without_second_lists(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Leave out numbered items after the first list: Word goes on counting."""
    first = max(at for at, part in enumerate(parts[: len(PARTS)]) if part.kind == "item")
    return tuple(part for at, part in enumerate(parts) if part.kind != "item" or at <= first)


def by_tipgraph(path: Path) -> str:
    return documents.read(path).text


def by_pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(str(path)))


def by_pypdf(path: Path) -> str:
    from pypdf import PdfReader

    return "\n\n".join(page.extract_text() for page in PdfReader(str(path)).pages)


def by_pdftotext(path: Path) -> str:
    call = [shutil.which("pdftotext") or "", str(path), "-"]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout


TOOLS: dict[str, Callable[[Path], str]] = {"tipgraph": by_tipgraph}
if shutil.which("pdftotext"):
    TOOLS["pdftotext"] = by_pdftotext
if is_here("pdfminer"):
    TOOLS["pdfminer"] = by_pdfminer
if is_here("pypdf"):
    TOOLS["pypdf"] = by_pypdf


def folded(text: str) -> str:
    """Return a text without the differences that a quote may have."""
    for form, plain in (("[‘’]", "'"), ("[“”]", '"'), (r"[-–\u2010\u2011]\s*", "-"), (r"\s+", " ")):
        text = re.sub(form, plain, text)
    return text


def quotes_of(truth: list[str]) -> list[str]:
    """Return every sentence of six words or more."""
    found = [sentence for text in truth for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)]
    return [sentence for sentence in found if len(sentence.split()) > 5]


def paragraphs_in(text: str) -> set[str]:
    return {" ".join(block.split()) for block in re.split(r"\n\s*\n|\f", text)}


def located(text: str, quotes: list[str]) -> float:
    """Return the share of quotes that tipgraph locates; each must be a slice of the text."""
    found = 0
    for quote in quotes:
        places = spans.locate(text, quote, "blocks")
        found += bool(places)
        for place in places:
            words = text[place.start : place.end]
            if spans.digest(words) != place.digest or folded(words) != folded(quote):
                raise SystemExit(f"a stored quote is no slice of the text: {words!r}")
    return found / len(quotes)


def digest(text: str) -> str:
    return sha256(folded(text).encode()).hexdigest()[:16]


def figures(run: Run) -> Iterator[Figure]:
    """Measure made PDFs, real ones, and the speed; in a smoke run only those that need no other program."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of each font
    with TemporaryDirectory() as folder:
        makers = (drawn,) if run.is_smoke else (printed, drawn, converted)
        cases = [case for make in makers for case in make(Path(folder), our_parts())]
        yield from of_cases(cases[:1] if run.is_smoke else cases)
        yield from of_real_pdfs()
        yield from speed(Path(folder), 2 if run.is_smoke else 75)


def of_cases(cases: Sequence[Case]) -> Iterator[Figure]:
    """Measure each PDF of our own texts, and their mean."""
    for what, share, goal in (
        ("quotes found", quotes_found, at_least(0.99)),
        ("paragraphs rebuilt", paragraphs_rebuilt, at_least(0.97)),
    ):
        found = [{tool: share(tool, case) for tool in TOOLS} for case in cases]
        for case, shares in zip(cases, found, strict=True):
            yield beside(f"{case.program}: {case.form}", what, shares)
        mean = {tool: fmean(shares[tool] for shares in found) for tool in TOOLS}
        yield replace(beside(f"mean of {len(cases)} PDFs", what, mean), goal=goal)


def beside(on: str, what: str, shares: dict[str, float]) -> Figure:
    """Return our share beside the best of others."""
    others = {tool: share for tool, share in shares.items() if tool != "tipgraph"}
    best = max(others, key=others.__getitem__, default="")
    return Figure(on, what, shares["tipgraph"], "", f"the best of {len(others)}, {best}", others.get(best))


def quotes_found(tool: str, case: Case) -> float:
    """Return the share of quotes that are in a tool's text; ours must be slices of it."""
    text, quotes = TOOLS[tool](case.path), quotes_of(case.truth)
    if tool == "tipgraph":
        return located(text, quotes)
    return sum(folded(quote) in folded(text) for quote in quotes) / len(quotes)


def paragraphs_rebuilt(tool: str, case: Case) -> float:
    """Return the share of paragraphs that are in a tool's text exactly."""
    found = paragraphs_in(TOOLS[tool](case.path))
    return sum(clean(text) in found for text in case.truth) / len(case.truth)


def of_real_pdfs() -> Iterator[Figure]:
    """Measure the real PDFs: the paragraphs of the pages that were read by eye."""
    truth = json.loads(TRUTH.read_text("utf-8"))
    rows = []
    for name, folder in REAL.items():
        if not (folder / name).exists():
            print(f"  {name} is not installed: left out")
            continue
        wanted = truth[name]["paragraphs"]
        found = {tool: {digest(text) for text in paragraphs_in(read(folder / name))} for tool, read in TOOLS.items()}
        rows.append({tool: sum(text in texts for text in wanted) / len(wanted) for tool, texts in found.items()})
        yield beside(f"{name}, page {truth[name]['pages']}", f"{len(wanted)} paragraphs rebuilt", rows[-1])
    if rows:
        mean = {tool: fmean(row[tool] for row in rows) for tool in TOOLS}
        yield replace(beside(f"mean of {len(rows)} real PDFs", "paragraphs rebuilt", mean), goal=at_least(0.9))


def speed(folder: Path, times: int) -> Iterator[Figure]:
    """Measure the time of a page beside that of others, the memory, and the picture of a page."""
    path = folder / "long.pdf"
    write_pdf(path, our_parts() * times)
    pages = len(documents.read(path).pages)
    worker = partial(command, "tipgraph.sources.documents.worker")
    read, drawn_page = spent(worker("seen", str(path))), spent(worker("1", str(path)))
    on, ours = f"{pages} pages", read.seconds / pages * 1000
    for tool in list(TOOLS)[1:]:
        theirs = seconds(partial(TOOLS[tool], path)) / pages * 1000
        yield Figure(on, "a page", ours, "ms", tool, theirs, ours / theirs)
    yield Figure(on, "a page, of the processor", read.busy / pages * 1000, "ms", goal=at_most(100))
    yield Figure(on, "memory", read.mb, "MB", goal=at_most(200))
    yield Figure(on, "the picture of a page, of the processor", drawn_page.busy, goal=at_most(0.5))
