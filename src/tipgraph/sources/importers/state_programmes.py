"""Lists of programmes of the US Department of State: blocks of Country, Implementer, Amount, Duration, Description.

Each block is a project of the issuing office, carried out by the implementer. The payment by the office is implied, and
its stage unknown. One amount for several countries stays unallocated. Descriptions are sentences, and are left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from tipgraph.sources.importers.cell_values import american_day, amount
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import MONEY, At, Record, RowBuilder

_LABEL = re.compile(r"(Country|Implementer|Amount|Duration|Description|Website)s?\s*:\s*(.*)|(Countries)\s*:\s*(.*)")
_OFFICE = re.compile(r"Office to Monitor and Combat Trafficking in Persons|TIP Office|G/TIP")
_OFFICE_NAME = "Office to Monitor and Combat Trafficking in Persons"
_MONEY = re.compile(r"(?a)(?:US)?\$\s?([\d,.]+)")
_MONTHS = re.compile(r"(?a)(\d{1,3})[\s-]+months?", re.IGNORECASE)
_YEARS = re.compile(r"(?a)(\d{1,2})[\s-]+years?", re.IGNORECASE)
_DAYS = re.compile(r"(?a)(\d{1,2}/\d{1,2}/\d{4})\s*(?:[-–—]|to)?\s*(\d{1,2}/\d{1,2}/\d{4})")
_OFFICE_PAYS = "read from the list, which is the office's: that it pays, and that the implementer receives"
_WHICH_OFFICE = "which office it is, the list does not say there"
_MONTH_FIRST = {"modality": "implied", "note": "the days are read with the month first"}
_NEEDED = ("Country", "Implementer", "Amount")


class _Field:
    """The value of a label, its place, and the one or two lines of both."""

    def __init__(self, records: Sequence[Record], value: str) -> None:
        record = records[-1]
        self.value = " ".join(value.split())
        self.labelled = [At(line) for line in records]
        start = record.text.rindex(value)
        self.at = At(record).part(start, start + len(value)) if value else At(record)


def read(builder: RowBuilder, records: Records) -> None:
    """Read each block as a project with its money."""
    office: At | None = None
    for block in builder.each_group(_blocks(records)):
        fields = _fields(block)
        if "Country" not in fields:
            office = office or _office(builder, block)
            builder.skip("heading", "lines outside of a programme")
            continue
        lines = f"lines {block[0].line} to {block[-1].line}"
        missing = [name for name in _NEEDED if name not in fields]
        if missing:
            builder.fault(f"a programme without {' and '.join(missing)} ({lines}); it was left out", lost="programmes")
            builder.skip("unread", "programmes without a needed part")
        elif office is None:
            builder.fault(f"the list does not name the {_OFFICE_NAME} before this programme ({lines})")
            builder.skip("unread", "programmes of an unnamed office")
        else:
            builder.skip("unread", "descriptions and web addresses")
            _programme(builder, fields, office, lines)


def _blocks(records: Iterable[Record]) -> Iterator[Sequence[Record]]:
    """Yield the lines of each programme, and each line before the first."""
    block: list[Record] = []
    for record in records:
        begins = _label(record.text)[0] == "Country"
        if block and begins:
            yield block
            block = [record]
        elif block or begins:
            block.append(record)
        else:
            yield [record]
    if block:
        yield block


def _label(text: str) -> tuple[str, str]:
    match = _LABEL.match(text)
    if match is None:
        return "", text
    return ("Country", match[4]) if match[3] else (match[1], match[2])


def _fields(block: Sequence[Record]) -> dict[str, _Field]:
    fields: dict[str, _Field] = {}
    waiting, before = "", list[Record]()
    for record in block:
        name, value = _label(record.text)
        if name and not value.strip():
            waiting, before = name, [record]
        elif name or waiting:
            fields.setdefault(name or waiting, _Field([record] if name else [*before, record], value.strip()))
            waiting = ""
    return fields


def _office(builder: RowBuilder, block: Sequence[Record]) -> At | None:
    """Claim the name of the issuing office if a line has it, and return the place of the line."""
    name = _OFFICE.search(block[0].text)
    if name is None:
        return None
    at = At(block[0]).part(*name.span())
    builder.about["publisher"] = _giver(builder)
    short = {} if name[0] == _OFFICE_NAME else {"modality": "implied", "note": _WHICH_OFFICE}
    builder.claim("namings", at, named=_giver(builder), name=name[0], nameKind="name", **short)
    return At(block[0])


def _giver(builder: RowBuilder) -> str:
    return builder.entry("actors", "tip-office", _OFFICE_NAME, type="OrganizationalUnit", actorKind="government")


def _programme(builder: RowBuilder, fields: dict[str, _Field], office: At, lines: str) -> None:
    country, implementer, money = (fields[name] for name in _NEEDED)
    dollars = _dollars(builder, money.value, lines)
    places = [place for name in _countries(builder, country.value) if (place := builder.place(name, country.at))]
    receiver = builder.actor(implementer.value, implementer.at)
    label = f"Programme of {implementer.value} for {country.value}"
    key = f"{receiver.rpartition('/')[2]} p{country.at.record.number}"  # an implementer may have two for one country
    project = builder.entry("undertakings", key, label, type="Project")
    when, lasting = _duration(builder, fields.get("Duration"), lines)
    spans = [country.at, *([fields["Duration"].at] if when or lasting else [])]
    builder.claim("undertaking-reports", *spans, undertaking=project, place=places, date=when, duration=lasting,
                  undertakingKind="counter-trafficking", **(_MONTH_FIRST if when else {}))  # fmt: skip
    builder.claim(
        "participations", *implementer.labelled, participant=receiver, undertaking=project, role="implementer"
    )
    builder.claim("funding", money.at, implementer.at, office, *spans, giver=_giver(builder), receiver=receiver,
                  purpose=project, place=places, moneyKind="unknown", date=when, duration=lasting,
                  modality="implied", note=_OFFICE_PAYS, **dollars)  # fmt: skip


def _dollars(builder: RowBuilder, text: str, lines: str) -> dict[str, str]:
    """Return the amount with its currency and as printed; nothing and a fault if it is wrong."""
    printed = _MONEY.fullmatch(text)
    if printed is None:
        message = f"{text!r} is no amount in dollars ({lines}); the programme was imported without it"
        builder.fault(message, "Amount", lost=MONEY)
        return {}
    try:
        value = amount(printed[1].rstrip(".,"), ".")
    except ValueError as error:
        message = f"{error} ({lines}); the programme was imported without an amount"
        builder.fault(message, "Amount", lost=MONEY)
        return {}
    return {"amount": value, "currency": "USD", "amountAsPrinted": printed[0]}


def _duration(builder: RowBuilder, field: _Field | None, lines: str) -> tuple[str, str]:
    """Return dates as an EDTF interval, or else a length as an xsd:duration."""
    text = field.value if field else ""
    months, years, days = _MONTHS.search(text), _YEARS.search(text), _DAYS.search(text)
    try:
        if days:
            return f"{american_day(days[1])}/{american_day(days[2])}", ""
    except ValueError as error:
        builder.fault(f"{error} ({lines})", "Duration")
        return "", ""
    if text and not (months or years):
        builder.fault(f"{text!r} is no length and no two days ({lines}); imported without it", "Duration")
    return "", f"P{months[1]}M" if months else f"P{years[1]}Y" if years else ""


def _countries(builder: RowBuilder, value: str) -> Iterator[str]:
    """Yield the names in a list of countries: those in brackets after "Global" or a region."""
    _, bracket, inside = value.partition("(")
    for part in re.split(r"[,;]", inside.rstrip(") ") if bracket and inside.endswith(")") else value):
        name = re.sub(r"^and\s+", "", part.strip())
        if name and (builder.countries.by_name(name) or " and " not in name):
            yield name
        elif name:
            yield from (part.strip() for part in name.split(" and ") if part.strip())


READER = Reader(
    "programmes",
    "Programme lists of the US Department of State: country, implementer, amount, duration.",
    "lines",
    "plain",
    read,
    {"issuedBy": f"{_OFFICE_NAME}, US Department of State", "licence": "public domain (work of the US government)"},
)
