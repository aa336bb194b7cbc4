"""Lists of programmes of the US Department of State: blocks of Country, Implementer, Amount, Duration, Description.

Each block is a project of the office that issues the list, carried out by the implementer. That the office pays, and
whether the money is promised or paid, no block says: it is implied. One amount for several countries stays unallocated.
Descriptions are not taken over: they are sentences.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from tipgraph.sources.importers.acronyms import named_actor
from tipgraph.sources.importers.estimates_table import american_day, amount
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import At, Intake, Record
from tipgraph.sources.segment import Span

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
    """The value of a label, where it stands, and the line or two that have both."""

    def __init__(self, records: Sequence[Record], value: str) -> None:
        record = records[-1]
        self.value = " ".join(value.split())
        self.labelled = [At(one) for one in records]
        start = record.start + record.text.rindex(value) if value else record.start
        self.at = At(record, Span(0, start, start + len(value)) if value else None)


def read(intake: Intake, records: Records) -> None:
    """Take each block as a project with its money."""
    office: At | None = None
    for block in intake.together(_blocks(records)):
        fields = _fields(block)
        if "Country" not in fields:
            office = office or _office(intake, block)
            intake.leave("heading", "lines outside of a programme")
            continue
        lines = f"lines {block[0].line} to {block[-1].line}"
        missing = [name for name in _NEEDED if name not in fields]
        if missing:
            intake.fault(f"a programme without {' and '.join(missing)} ({lines}); it was not taken")
            intake.leave("unread", "programmes that lack a part")
        elif office is None:
            intake.fault(f"the list does not say before this programme that the {_OFFICE_NAME} pays ({lines})")
            intake.leave("unread", "programmes of an office that is not named")
        else:
            intake.leave("unread", "descriptions and web addresses")
            _take(intake, fields, office, lines)


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


def _office(intake: Intake, block: Sequence[Record]) -> At | None:
    """Claim the name of the office that issues the list, where a line has it, and return that line."""
    found = _OFFICE.search(block[0].text)
    if found is None:
        return None
    at = At(block[0], Span(0, block[0].start + found.start(), block[0].start + found.end()))
    intake.about["publisher"] = _giver(intake)
    short = {} if found[0] == _OFFICE_NAME else {"modality": "implied", "note": _WHICH_OFFICE}
    intake.claim("namings", at, named=_giver(intake), name=found[0], nameKind="name", **short)
    return At(block[0])


def _giver(intake: Intake) -> str:
    return intake.thing("actors", "tip-office", _OFFICE_NAME, type="OrganizationalUnit", actorKind="government")


def _take(intake: Intake, fields: dict[str, _Field], office: At, lines: str) -> None:
    country, implementer, money = (fields[name] for name in _NEEDED)
    printed = _MONEY.fullmatch(money.value)
    try:
        value = amount(printed[1].rstrip(".,"), ".") if printed else ""
    except ValueError as error:
        value = ""
        intake.fault(f"{error} ({lines}); the programme was taken without an amount", "Amount")
    if not printed:
        intake.fault(f"{money.value!r} is no amount in dollars ({lines}); the programme was taken without", "Amount")
    places = [place for name in _countries(intake, country.value) if (place := intake.place(name, country.at))]
    receiver = named_actor(intake, implementer.value, implementer.at)
    label = f"Programme of {implementer.value} for {country.value}"
    key = f"{receiver.rpartition('/')[2]} p{country.at.record.number}"  # an implementer may have two for one country
    project = intake.thing("undertakings", key, label, type="Project")
    when, lasting = _duration(intake, fields.get("Duration"), lines)
    spans = [country.at, *([fields["Duration"].at] if when or lasting else [])]
    intake.claim("undertaking-reports", *spans, undertaking=project, place=places, date=when, duration=lasting,
                 undertakingKind="counter-trafficking", **(_MONTH_FIRST if when else {}))  # fmt: skip
    intake.claim("participations", *implementer.labelled, participant=receiver, undertaking=project, role="implementer")
    intake.claim("funding", money.at, implementer.at, office, *spans, giver=_giver(intake), receiver=receiver,
                 purpose=project, place=places, moneyKind="unknown", amount=value, currency="USD" if value else "",
                 amountAsPrinted=printed[0] if value and printed else "", date=when, duration=lasting,
                 modality="implied", note=_OFFICE_PAYS)  # fmt: skip


def _duration(intake: Intake, field: _Field | None, lines: str) -> tuple[str, str]:
    """Return dates as an EDTF interval, or else a length as an xsd:duration."""
    said = field.value if field else ""
    months, years, days = _MONTHS.search(said), _YEARS.search(said), _DAYS.search(said)
    try:
        if days:
            return f"{american_day(days[1])}/{american_day(days[2])}", ""
    except ValueError as error:
        intake.fault(f"{error} ({lines})", "Duration")
        return "", ""
    if said and not (months or years):
        intake.fault(f"{said!r} is no length and no two days ({lines}); taken without", "Duration")
    return "", f"P{months[1]}M" if months else f"P{years[1]}Y" if years else ""


def _countries(intake: Intake, value: str) -> Iterator[str]:
    """Yield the names in a list of countries: those in brackets where "Global" or a region stands before them."""
    _, bracket, inside = value.partition("(")
    for part in re.split(r"[,;]", inside.rstrip(") ") if bracket and inside.endswith(")") else value):
        name = re.sub(r"^and\s+", "", part.strip())
        if name and (intake.countries.named(name) or " and " not in name):
            yield name
        elif name:
            yield from (one.strip() for one in name.split(" and ") if one.strip())


READER = Reader(
    "programmes",
    "Programme lists of the US Department of State: country, implementer, amount, duration.",
    "lines",
    "plain",
    read,
    {"issuedBy": f"{_OFFICE_NAME}, US Department of State", "licence": "public domain (work of the US government)"},
)
