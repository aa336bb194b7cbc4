"""The invented report of the guides, and a workbook that is filled in for it.

`python -m docs.making.example_report FOLDER` writes both. Harbour House, its fund and its shelter are invented.
"""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

PDF, WORKBOOK = "harbour-note-2025.pdf", "harbour-note-2025.xlsx"
TITLE: Final = "Harbour House: a note on the year 2025"
_FOOTNOTE: Final = "The address of the shelter is not printed here, nor anywhere else."
_MARGIN: Final = 54  # points


class Part(NamedTuple):
    """A part of the report: its kind, and its words with the marks of footnotes."""

    kind: str
    words: str


REPORT: Final = (
    Part("title", TITLE),
    Part("prose", "Harbour House began in 2009 with two rooms and a telephone. This note is for all who support the "
         "house, and for those who want to begin a house of their own. It is printed once a year and may be copied."),
    Part("heading", "The shelter"),
    Part("prose", "In March 2025 the Lantern Fund gave 40,000 US dollars to Harbour House for a shelter in "
         "Lima.<super>1</super> Harbour House runs the shelter together with Bridge Centre. It opened in May 2025."),
    Part("prose", "Rooms were painted by neighbours over two weekends. The kitchen came last, because the first cooker "
         "did not fit through the door."),
    Part("page", ""),
    Part("heading", "Workshops"),
    Part("prose", "In June 2025 Harbour House and IOM held a workshop in Lima. A second workshop is planned for 2026."),
    Part("table", "Month\tSubject\tParticipants\nJune\tSafe migration\t24\nSeptember\tWork of volunteers\t15"),
    Part("prose", "Those who came asked for more time for questions, and for a shorter lunch."),
    Part("page", ""),
    Part("heading", "Plans"),
    Part("prose", "In 2026 the house wants to answer the telephone at night too. It looks for people who speak "
         "Quechua. Whoever wants to help may write to the house."),
    Part("prose", "Printed by the authors."),
)  # fmt: skip

# Rows of a person who read the report; a sheet for each table.
ROWS: Final[dict[str, tuple[dict[str, str], ...]]] = {
    "actors": (
        {"type": "Organization", "label": "Harbour House", "actorKind": "ngo"},
        {"type": "Organization", "label": "Lantern Fund", "actorKind": "foundation"},
        {"type": "Organization", "label": "Bridge Centre", "actorKind": "ngo"},
        {"type": "Organization", "label": "International Organization for Migration", "actorKind": "intergovernmental"},
    ),
    "undertakings": (
        {"type": "Project", "label": "Shelter of Harbour House in Lima"},
        {"type": "Event", "label": "Workshop in Lima, June 2025"},
        {"type": "Event", "label": "Second workshop, 2026"},
    ),
    "namings": (
        {"named": "Harbour House", "name": "Harbour House", "nameKind": "name", "quote": "Harbour House#2"},
        {"named": "Lantern Fund", "name": "the Lantern Fund", "nameKind": "name", "quote": "the Lantern Fund"},
        {"named": "Bridge Centre", "name": "Bridge Centre", "nameKind": "name", "quote": "Bridge Centre"},
        {"named": "International Organization for Migration", "name": "IOM", "nameKind": "acronym", "quote": "IOM"},
    ),
    "funding": (
        {
            "giver": "Lantern Fund", "receiver": "Harbour House", "purpose": "Shelter of Harbour House in Lima",
            "moneyKind": "disbursed", "amount": "40000", "currency": "USD", "amountAsPrinted": "40,000 US dollars",
            "date": "2025-03",
            "quote": "In March 2025 the Lantern Fund gave 40,000 US dollars to Harbour House for a shelter in Lima",
        },
    ),
    "partnerships": (
        {
            "partner": "Harbour House | Bridge Centre", "partnershipKind": "joint-undertaking",
            "undertaking": "Shelter of Harbour House in Lima",
            "quote": "Harbour House runs the shelter together with Bridge Centre",
        },
    ),
    "participations": tuple(
        {
            "participant": participant, "role": "organizer", "undertaking": "Workshop in Lima, June 2025",
            "modality": "implied", "quote": "In June 2025 Harbour House and IOM held a workshop in Lima",
            "note": 'that it organized the workshop is read from "held"',
        }
        for participant in ("Harbour House", "International Organization for Migration")
    ),
    "undertaking-reports": (
        {
            "undertaking": "Shelter of Harbour House in Lima", "place": "Lima", "status": "ongoing",
            "date": "2025-05/..", "quote": "a shelter in Lima || It opened in May 2025",
        },
        {
            "undertaking": "Workshop in Lima, June 2025", "undertakingKind": "workshop", "place": "Lima",
            "status": "held", "date": "2025-06", "quote": "In June 2025 Harbour House and IOM held a workshop in Lima",
        },
        {
            "undertaking": "Second workshop, 2026", "undertakingKind": "workshop", "status": "planned", "date": "2026",
            "quote": "A second workshop is planned for 2026",
        },
    ),
    "Text": (
        {"¶": "5", "no claims because": "nothing-to-record"},
        {"¶": "6", "no claims because": "nothing-to-record"},
        {"¶": "12", "no claims because": "nothing-to-record"},
        {"¶": "14", "no claims because": "unread"},
        {"¶": "15", "no claims because": "page-matter"},
    ),
}  # fmt: skip


def write_report(path: Path) -> None:
    """Write the report as a PDF, the same bytes each time."""
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Table

    width, height = A5
    prose = ParagraphStyle("prose", fontName="Times-Roman", fontSize=11, leading=15, spaceAfter=8)
    styles = {
        "prose": prose,
        "heading": ParagraphStyle("heading", prose, fontName="Times-Bold", fontSize=14, leading=18, spaceBefore=8),
        "title": ParagraphStyle("title", prose, fontName="Times-Bold", fontSize=18, leading=23, spaceAfter=16),
    }

    def edges(canvas: Any, document: Any) -> None:
        """Draw the running head, the number of the page, and below the first page the footnote."""
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(_MARGIN, height - 32, "Harbour House, a note on 2025")
        canvas.drawCentredString(width / 2, 26, str(document.page))
        if document.page == 1:
            canvas.line(_MARGIN, 74, _MARGIN + 80, 74)
            footnote = ParagraphStyle("footnote", prose, fontSize=8, leading=10)
            note = Paragraph(f"<super>1</super> {_FOOTNOTE}", footnote)
            note.wrapOn(canvas, width - 2 * _MARGIN, 40)
            note.drawOn(canvas, _MARGIN, 58)

    story: list[object] = []
    for kind, words in REPORT:
        if kind == "page":
            story.append(PageBreak())
        elif kind == "table":
            rows = [line.split("\t") for line in words.splitlines()]
            story.append(Table(rows, colWidths=(80, 120, 70), spaceBefore=6, spaceAfter=14, style=[
                ("FONT", (0, 0), (-1, -1), "Times-Roman", 10), ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ]))  # fmt: skip
        else:
            story.append(Paragraph(words, styles[kind]))
    template = BaseDocTemplate(
        str(path), pagesize=A5, title=TITLE, author="Harbour House", lang="en", invariant=1, pageCompression=0
    )
    frame = Frame(_MARGIN, 84, width - 2 * _MARGIN, height - 84 - _MARGIN, 0, 0, 0, 0)
    template.addPageTemplates(PageTemplate(frames=[frame], onPageEnd=edges))
    template.build(story)


def write_workbook(path: Path) -> None:
    """Write the workbook, each cell as text."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
    text = book.add_format({"num_format": "@"})
    for name, rows in ROWS.items():
        sheet = book.add_worksheet(name)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        _write_row(sheet, 0, columns, text)
        for line, row in enumerate(rows, 1):
            _write_row(sheet, line, [row.get(column, "") for column in columns], text)
    book.close()


def _write_row(sheet: Any, line: int, cells: Sequence[str], form: object) -> None:
    for number, cell in enumerate(cells):
        if cell:
            sheet.write_string(line, number, cell, form)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write_report(folder / PDF)
    write_workbook(folder / WORKBOOK)
