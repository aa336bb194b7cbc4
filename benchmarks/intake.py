"""Measure how well documents are read: quotes found, paragraphs rebuilt, seconds and memory.

PDFs are made of our own texts by Chromium's print, ReportLab and LibreOffice: one and two columns, heads, feet, page
numbers, footnotes, words parted at line ends, a table. Real PDFs are read too, where they are installed:
`intake_truth.json` has digests of the paragraphs of pages that were compared with their pictures by eye, and no
words. pdfminer, pypdf and pdftotext read the same files in the same run.

A quote is found if it is in the text, white space and the forms of quotation marks and dashes aside. Every quote that
tipgraph finds must be a slice of its text. A paragraph is rebuilt if it is in the text exactly, with blank lines
around.

    .venv/bin/python benchmarks/intake.py
"""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tipgraph.runtime import command
from tipgraph.sources import documents
from tipgraph.sources.documents.layout import clean
from tipgraph.sources.evidence import spans

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.intake.making import PARTS, Part, paragraphs, write_docx, write_html, write_pdf  # noqa: E402

SHARED = Path(os.environ.get("TIPGRAPH_SHARED", ROOT.parent / "shared")) / "data" / "documents"
DOC = Path("/usr/share/doc")
REAL = {
    "federal-register-2020-17221.pdf": SHARED,
    "multi_page.pdf": SHARED,
    "word365_structure.pdf": SHARED,
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
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-headless-shell", "google-chrome"))), None)
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
        print("Chromium is not installed: its PDFs are left out")
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
        print("LibreOffice is not installed: its PDFs are left out")
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

    return extract_text(str(path))


def by_pypdf(path: Path) -> str:
    from pypdf import PdfReader

    return "\n\n".join(page.extract_text() for page in PdfReader(str(path)).pages)


def by_pdftotext(path: Path) -> str:
    call = [shutil.which("pdftotext") or "", str(path), "-"]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout


TOOLS: dict[str, Callable[[Path], str]] = {"tipgraph": by_tipgraph}
if shutil.which("pdftotext"):
    TOOLS["pdftotext"] = by_pdftotext
TOOLS |= {"pdfminer": by_pdfminer, "pypdf": by_pypdf}


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


def timed(arguments: list[str]) -> tuple[float, float, float]:
    """Run the worker of a document; return its seconds, those of the processor, and its peak memory in MB."""
    call = command("tipgraph.sources.documents.worker", str(2 << 30), "300", *arguments)
    begun = time.perf_counter()
    process = subprocess.Popen(call, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"failed: {arguments}")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def made_pdfs(folder: Path) -> None:
    """Print a row for each PDF of our own texts, and the means."""
    parts = our_parts()
    rows: list[list[float]] = []
    print(f"| PDF of our texts | quotes: {' · '.join(TOOLS)} | paragraphs: {' · '.join(TOOLS)} |\n|---|---|---|")
    for make in (printed, drawn, converted):
        for case in make(folder, parts):
            quotes, kept = quotes_of(case.truth), [clean(text) for text in case.truth]
            shares: list[float] = []
            texts = {name: read(case.path) for name, read in TOOLS.items()}
            shares += [sum(folded(quote) in folded(text) for quote in quotes) / len(quotes) for text in texts.values()]
            shares[0] = located(texts["tipgraph"], quotes)
            shares += [sum(text in paragraphs_in(found) for text in kept) / len(kept) for found in texts.values()]
            rows.append(shares)
            print(f"| {case.program}: {case.form} | {listed(shares)} |", flush=True)
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    print(f"| mean of {len(rows)} (goal: .99 of quotes, .97 of paragraphs) | {listed(means)} |")


def listed(shares: list[float]) -> str:
    half = len(shares) // 2
    return " | ".join(" · ".join(f"{share:.3f}" for share in part) for part in (shares[:half], shares[half:]))


def real_pdfs() -> None:
    """Print a row for each real PDF: the paragraphs of its read pages that are rebuilt."""
    truth = json.loads(TRUTH.read_text("utf-8"))
    rows = []
    print(f"\n| real PDF | paragraphs | rebuilt: {' · '.join(TOOLS)} |\n|---|---|---|")
    for name, folder in REAL.items():
        if not (folder / name).exists():
            print(f"| {name} | not installed | |")
            continue
        wanted = truth[name]["paragraphs"]
        found = [{digest(text) for text in paragraphs_in(read(folder / name))} for read in TOOLS.values()]
        rows.append([sum(text in one for text in wanted) / len(wanted) for one in found])
        print(
            f"| {name}, page {truth[name]['pages']} | {len(wanted)} | {' · '.join(f'{s:.3f}' for s in rows[-1])} |",
            flush=True,
        )
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    print(f"| mean of {len(rows)} (goal: .90) | | {' · '.join(f'{share:.3f}' for share in means)} |")


def speed(folder: Path) -> None:
    """Print seconds a page and memory for 300 pages, and the seconds of a picture."""
    parts, path = our_parts(), folder / "long.pdf"
    write_pdf(path, parts * 75)
    pages = len(documents.read(path).pages)
    seconds, busy, memory = timed(["seen", str(path)])
    picture, drawing, _ = timed(["1", str(path)])
    print(f"\n{pages} pages: {seconds / pages:.3f} s a page, {busy / pages:.3f} of the processor (goal: 0.1)")
    print(f"memory: {memory:.0f} MB (goal: 200); picture: {picture:.2f} s, {drawing:.2f} of the processor (goal: 0.5)")
    for name, read in list(TOOLS.items())[1:]:
        begun, begun_busy = time.perf_counter(), sum(os.times()[:4])
        read(path)
        busy = sum(os.times()[:4]) - begun_busy
        print(f"{name}: {(time.perf_counter() - begun) / pages:.3f} s a page, {busy / pages:.3f} of the processor")


def main() -> None:
    """Measure all."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of each font
    with tempfile.TemporaryDirectory() as name:
        made_pdfs(Path(name))
        real_pdfs()
        speed(Path(name))


if __name__ == "__main__":
    main()
