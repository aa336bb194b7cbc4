"""Lists of programmes of the US Department of State: blocks of Country, Implementer, Amount, Duration, Description.

Each block is a project of the issuing office, carried out by the implementer. The payment by the office is implied, and
its stage unknown. One amount for several countries stays unallocated. Descriptions are sentences, and are left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tipgraph.sources.importers.cell_values import american_day, amount
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import MONEY, At, Record, RowBuilder

_LABEL = re.compile(r"(Country|Implementer|Amount|Duration|Description|Website)s?\s*:\s*(.*)|(Countries)\s*:\s*(.*)")
_OFFICE = re.compile(r"Office to Monitor and Combat Trafficking in Persons|TIP Office|G/TIP")
_OFFICE_NAME = "Office to Monitor and Combat Trafficking in Persons"
_MONEY = re.compile(r"(?a)(?:US)?\$\s?([\d,.]+)")
_LENGTH = re.compile(r"(?ai)(\d{1,3})[\s-]+(month|year)s?")
_DAYS = re.compile(r"(?a)(\d{1,2}/\d{1,2}/\d{4})\s*(?:[-–—]|to)?\s*(\d{1,2}/\d{1,2}/\d{4})")
_OFFICE_PAYS = "read from the list, which is the office's: that it pays, and that the implementer receives"
_WHICH_OFFICE = "which office it is, the list does not say there"
_MONTH_FIRST = {"modality": "implied", "note": "the days are read with the month first"}
_NEEDED = ("Country", "Implementer", "Amount")


class _Field(NamedTuple):
    """The value of a label, its place, and the one or two lines of both."""

    value: str
    at: At
    labelled: Sequence[At]


def read(builder: RowBuilder, records: Records) -> None:
    """Read each block as a project with its money."""
    office: At | None = None
    for block in builder.each_group(_blocks(records)):
        fields = _fields(block)
        if "Country" not in fields:
            office = office or _office(builder, block[0])
            builder.skip("heading", "lines outside of a programme")
            continue
        lines = f"lines {block[0].line} to {block[-1].line}"
        if missing := [name for name in _NEEDED if name not in fields]:
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
        if block and not begins:
            block.append(record)
            continue
        if block:
            yield block
        block = [record] if begins else []
        if not begins:
            yield [record]
    yield from [block] if block else []


def _label(text: str) -> tuple[str, str]:
    match = _LABEL.match(text)
    if match is None:
        return "", text
    return ("Country", match[4]) if match[3] else (match[1], match[2])


def _fields(block: Sequence[Record]) -> dict[str, _Field]:
    """Return the fields of a block by label; a value may be on the line after its label."""
    fields: dict[str, _Field] = {}
    waiting, before = "", list[At]()
    for record in block:
        name, value = _label(record.text)
        value = value.strip()
        if name and not value:
            waiting, before = name, [At(record)]
        elif name or waiting:
            start = record.text.rindex(value)
            at = At(record).part(start, start + len(value)) if value else At(record)
            lines = [At(record)] if name else [*before, At(record)]
            fields.setdefault(name or waiting, _Field(" ".join(value.split()), at, lines))
            waiting = ""
    return fields


def _office(builder: RowBuilder, line: Record) -> At | None:
    """Claim the name of the issuing office if a line has it, and return the place of the line."""
    name = _OFFICE.search(line.text)
    if name is None:
        return None
    builder.about["publisher"] = _giver(builder)
    short = {} if name[0] == _OFFICE_NAME else {"modality": "implied", "note": _WHICH_OFFICE}
    at = At(line).part(*name.span())
    builder.claim("namings", at, named=_giver(builder), name=name[0], nameKind="name", **short)
    return At(line)


def _giver(builder: RowBuilder) -> str:
    return builder.entry("actors", "tip-office", _OFFICE_NAME, type="OrganizationalUnit", actorKind="government")


def _programme(builder: RowBuilder, fields: Mapping[str, _Field], office: At, lines: str) -> None:
    country, implementer, money = (fields[name] for name in _NEEDED)
    dollars = _dollars(builder, money.value, lines)
    places = [place for name in _countries(builder, country.value) if (place := builder.place(name, country.at))]
    receiver = builder.actor(implementer.value, implementer.at)
    label = f"Programme of {implementer.value} for {country.value}"
    key = f"{receiver.rpartition('/')[2]} p{country.at.record.number}"  # an implementer may have two for one country
    project = builder.entry("undertakings", key, label, type="Project")
    when = _duration(builder, fields["Duration"].value, lines) if "Duration" in fields else {}
    spans = [country.at, *([fields["Duration"].at] if when else [])]
    month_first = _MONTH_FIRST if "date" in when else {}
    builder.claim("undertaking-reports", *spans, undertaking=project, place=places,
                  undertakingKind="counter-trafficking", **when, **month_first)  # fmt: skip
    builder.claim(
        "participations", *implementer.labelled, participant=receiver, undertaking=project, role="implementer"
    )
    builder.claim("funding", money.at, implementer.at, office, *spans, giver=_giver(builder), receiver=receiver,
                  purpose=project, place=places, moneyKind="unknown", modality="implied", note=_OFFICE_PAYS, **when,
                  **dollars)  # fmt: skip


def _dollars(builder: RowBuilder, text: str, lines: str) -> dict[str, str]:
    """Return the amount with its currency and as printed; nothing and a fault if it is wrong."""
    printed = _MONEY.fullmatch(text)
    try:
        if printed is None:
            raise ValueError(f"{text!r} is no amount in dollars")
        return {"amount": amount(printed[1].rstrip(".,"), "."), "currency": "USD", "amountAsPrinted": printed[0]}
    except ValueError as error:
        builder.fault(f"{error} ({lines}); the programme was imported without an amount", "Amount", lost=MONEY)
        return {}


def _duration(builder: RowBuilder, text: str, lines: str) -> dict[str, str]:
    """Return dates as an EDTF interval, or else a length as an xsd:duration; nothing and a fault for other words."""
    length, days = _LENGTH.search(text), _DAYS.search(text)
    try:
        if days:
            return {"date": f"{american_day(days[1])}/{american_day(days[2])}"}
    except ValueError as error:
        builder.fault(f"{error} ({lines})", "Duration")
        return {}
    if text and not length:
        builder.fault(f"{text!r} is no length and no two days ({lines}); imported without it", "Duration")
    return {"duration": f"P{length[1]}{length[2][0].upper()}"} if length else {}


def _countries(builder: RowBuilder, value: str) -> Iterator[str]:
    """Yield the names in a list of countries: those in brackets after "Global" or a region."""
    _, bracket, inside = value.partition("(")
    for part in re.split(r"[,;]", inside.rstrip(") ") if bracket and inside.endswith(")") else value):
        name = re.sub(r"^and\s+", "", part.strip())
        is_one = builder.countries.by_name(name) or " and " not in name
        yield from filter(None, [name] if is_one else (part.strip() for part in name.split(" and ")))


_ABOUT = {"issuedBy": f"{_OFFICE_NAME}, US Department of State", "licence": "public domain (work of the US government)"}
_SUMMARY = "Programme lists of the US Department of State: country, implementer, amount, duration."
READERS = (Reader("programmes", _SUMMARY, "lines", "plain", read, _ABOUT),)
