"""An IATI activity, or an organization of such a file: its elements, and their values as the cells of claims.

`words.toml` says which element or attribute becomes which column, and how it is read. A wrong value is left out, with a
fault of its element; the rest of the element is kept. A claim cites its elements; one with a value from elsewhere in
the activity, such as a default, cites the whole record too.

"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from lxml import etree

from tipgraph.runtime import read_toml
from tipgraph.sources.evidence.html_text import without_html
from tipgraph.sources.evidence.segment import Span, sentences
from tipgraph.sources.importers.cell_values import amount as number_of
from tipgraph.sources.importers.cell_values import currencies, day, interval, money
from tipgraph.sources.importers.row_builder import MONEY, PLACES, At, Cell, Record, RowBuilder
from tipgraph.sources.personal_data import masked

WORDS: Final[Mapping[str, Any]] = read_toml(Path(__file__).with_name("words.toml"))
TRUE: Final = frozenset({"1", "true"})
OECD: Final = frozenset({"", "1", "DAC"})  # vocabularies of the OECD in versions 2 and 1, also without a vocabulary
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_FALSE = frozenset({"0", "false"})
_WHOLE, _ROUNDING = 100, 1  # percent
_DESCRIPTIONS = frozenset({"description", "objective", "targetGroup"})  # columns of whole sentences
_UN = "2"  # the vocabulary of regions of M49
_SECTORS = {"1": 5, "2": 3}  # the digits of codes in the OECD's lists of sectors
_CATEGORIES = frozenset(WORDS["sectors"]["categories"].split())
_COLUMNS: Final[Mapping[str, Mapping[str, tuple[str, str, Sequence[str]]]]] = {
    table: {
        column: (*rule.split()[0].partition("@")[::2], rule.split()[1:])  # the element, its attribute, and how
        for column, rule in columns.items()
    }
    for table, columns in WORDS["columns"].items()
}


def pattern(words: str) -> str:
    """Return a pattern of the table of words, which may be on several lines."""
    return re.sub(r"\n\s*", "", words)


class Element(etree.ElementBase):
    """An element of a file."""

    def said(self, name: str) -> str:
        """Return an attribute without surrounding space; an empty string if it is missing."""
        return (self.get(name) or "").strip()

    def code(self, name: str) -> str:
        """Return an attribute that holds a code, in the codes of version 2."""
        value, old = self.said(name), WORDS["old"]
        return str(old.get(value) or old.get(value.casefold()) or value)

    def all(self, *names: str) -> "list[Element]":
        """Return the children of some names."""
        return list(self.iterchildren(*names))  # type: ignore[arg-type]

    def child(self, name: str) -> "Element":
        """Return the first child of a name; an empty element if there is none."""
        node = self.find(name)
        return Element() if node is None else node  # type: ignore[return-value]

    @property
    def printed(self) -> str:
        """The text of the element itself."""
        return (self.text or "").strip()

    @property
    def words(self) -> str:
        """All text within the element and its children, as it is."""
        return " ".join(" ".join(map(str, self.itertext())).split())

    @property
    def language(self) -> str:
        """The language tag of the element in lower case; an empty string for none or a wrong one."""
        return language_tag(self.get(_LANG) or "")

    def narratives(self, default: str = "") -> list[tuple[str, str]]:
        """Return its texts without HTML, with their languages: its narratives, or in version 1 its own text."""
        own = self.language or default
        parts: list[Element] = list(self.iter("narrative")) or [self]  # type: ignore[arg-type]
        texts = ((without_html(part.words), part.language or own) for part in parts)
        return [pair for pair in texts if pair[0]]


@lru_cache(maxsize=256)
def language_tag(text: str) -> str:
    """Return a language tag in lower case; an empty string for a text that is none."""
    tag = text.strip()
    return tag.lower() if _LANGUAGE.fullmatch(tag) else ""


class Activity:
    """An activity or an organization: its elements, and the claims about it.

    `project` is its reference as a project, `located` has the places of its locations with their elements, by their
    references.
    """

    def __init__(self, builder: RowBuilder, record: Record, node: Element) -> None:
        self.builder, self.node, self._record = builder, node, record
        spans = sentences(record.text, Span(1, 0, len(record.text)), "activities")
        self._at = {
            child: At(record, Span(number, record.start + start, record.start + end))
            for child, (number, start, end) in zip(node, spans, strict=False)
        }
        self.identifiers = self.node.all("organisation-identifier", "iati-identifier")
        self.identifier = next((one.words for one in self.identifiers if one.words), "")
        self.currency = self.node.said("default-currency")
        self.project = ""
        self.located: dict[str, tuple[str, Element]] = {}

    def unread(self, read: Collection[str], parts: Mapping[str, Collection[str]]) -> Counter[str]:
        """Return the number of elements that are not read by name, and by `element/part` of the parts of some."""
        return Counter(
            [str(node.tag) for node in self.node if node.tag not in read]
            + [
                f"{node.tag}/{part.tag}"
                for node in self.node.iterchildren(*parts)
                for part in node.iterdescendants()
                if part.tag not in parts[str(node.tag)]
            ]
        )

    def texts(self, *names: str) -> Iterator[tuple[Element, str]]:
        """Yield the elements of some names, in the order of these, with their text without HTML."""
        for name in names:
            for node in self.node.all(name):
                yield node, without_html(node.words)

    def narratives(self, name: str) -> list[tuple[Element, str, str]]:
        """Return the elements of a name with each of their texts and its language."""
        return [(node, *pair) for node in self.node.all(name) for pair in node.narratives(self.node.language)]

    def claim(self, table: str, *nodes: Element, **cells: Cell) -> str:
        """Claim something by some elements, such as the activity itself; return the claim."""
        return self.builder.claim(table, *dict.fromkeys(map(self.at, nodes)), **cells)

    def report(self, *nodes: Element, **cells: Cell) -> None:
        """Claim something about the project of the activity."""
        self.claim("undertaking-reports", *nodes, **{"undertaking": self.project, **cells})

    def at(self, node: Element) -> At:
        """Return the place of the element directly within the activity that holds an element; else of the activity."""
        while node not in self._at:
            if node is self.node or (above := node.getparent()) is None:
                return At(self._record)
            node = above  # type: ignore[assignment]
        return self._at[node]

    def fault(self, message: str, node: Element, lost: str = "") -> None:
        """Add a fault of an element, with its activity and its line in the file, and what is lost with it."""
        line = node.sourceline if isinstance(node.sourceline, int) else self._record.line
        self.builder.fault(message, self.identifier, line, lost=lost)

    def in_capitals(self, code: str, node: Element) -> str:
        """Return a code in capitals, in which alone its list has it, and add a fault of its element."""
        self.fault(f"{code!r} was read as {code.upper()!r}; write the code in capitals", node)
        return code.upper()

    def cells(self, node: Element, table: str = "") -> dict[str, Cell]:
        """Return the cells of an element by the columns that `words.toml` has for its name, or another table of it."""
        found: dict[str, Cell] = {}
        for column, (name, attribute, (how, *more)) in _COLUMNS[table or str(node.tag)].items():
            if parts := node.all(name) if name else [node]:
                found |= _HOW[how](self, column, parts, attribute, *more)
        return found

    @cached_property
    def defaults(self) -> dict[str, Cell]:
        """The cells of transactions that have no element of their own for them."""
        return self.cells(self.node, "defaults")

    def coded(self, column: str, parts: Sequence[Element], attribute: str, code_list: str, lost: str = "") -> "_Cells":
        """Return our codes for those of a list of IATI, each once; a code without one is a fault.

        If something is `lost` with it, a missing code is a fault too.
        """
        known, found = self.builder.ontology.matches(code_list), dict[str, None]()
        for part in parts:
            if (written := part.code(attribute)) in known:
                found[known[written]] = None
            elif written or lost:
                self.fault(f"{part.tag} {attribute} {part.said(attribute)!r} has no code here; left out", part, lost)
        return {column: list(found)}

    def listed(self, column: str, parts: Sequence[Element], attribute: str, code_list: str) -> "_Cells":
        """Return our codes for those of the OECD's list; those of other lists are counted."""
        others = [part for part in parts if part.said("vocabulary") not in OECD]
        self.builder.report.left.update(["types of aid of other lists than the OECD's"] * len(others))
        return self.coded(column, [part for part in parts if part not in others], attribute, code_list)

    def day(self, node: Element, name: str, attribute: str = "iso-date") -> str:
        """Return the day of a child; an empty string if there is none, or a fault if it is no day."""
        part = node.child(name)
        written = part.said(attribute) or part.printed * (attribute == "iso-date")
        try:
            return day(written) if written else ""
        except ValueError as error:
            self.fault(f"{name if attribute == 'iso-date' else attribute}: {error}", node)
            return ""

    def period(self, node: Element) -> str:
        """Return the period as an EDTF interval whose unknown end stays unknown; nothing and a fault if it is wrong."""
        start, end = (self.day(node, name) for name in ("period-start", "period-end"))
        if not node.all("period-start", "period-end"):
            self.fault(f"the {node.tag} has no period; imported without one", node)
        if start and end and end < start:
            self.fault(f"begins on {start} and ends on {end}; imported without its period", node)
            return ""
        return interval(start, end) if start or end else ""

    def money(self, node: Element, *, inherits: bool, **cells: Cell) -> str:
        """Claim the money of an element with its currency, as printed and as a number; return the claim.

        A wrong amount is left out with its currency; a wrong value date costs nothing else. `inherits` says that
        a value is not that of the element, as the default currency; then the claim cites the activity too.
        """
        value, known = node.child("value"), currencies(self.builder.ontology)
        written, own = value.printed, value.said("currency")
        currency = own or self.currency
        if currency not in known and currency.upper() in known:
            currency = self.in_capitals(currency, node)
        try:
            number = money(written, currency, known)
            dated = self.day(node, "value", "value-date")
            cells |= {"amount": number, "currency": currency, "amountAsPrinted": written, "valueDate": dated}
            if number.startswith("-"):
                perhaps = ", and may take money back" * (node.tag == "transaction")
                said = f"value: an amount of {written} is below 0{perhaps}"
                self.fault(f"{said}; the {node.tag} was imported unchanged", node)
        except ValueError as error:
            self.fault(f"value: {error}; the {node.tag} was imported without its amount", node, MONEY)
        inherits = inherits or bool(written and self.currency and not own)
        return self.claim("funding", node, *[self.node] * inherits, **cells)

    def share(self, node: Element) -> str:
        """Return the percentage of an element; an empty string without one, and a fault for a wrong one."""
        printed = node.said("percentage")
        try:
            found = number_of(printed.rstrip("% "), ".") if printed else ""
            if found and not 0 <= float(found) <= _WHOLE:
                raise ValueError
        except ValueError:
            self.fault(f"{printed!r} is no percentage; left out", node)
            return ""
        return found

    def check_whole(self, shares: Iterable[str], of: str, node: Element) -> None:
        """Add a fault of an element if the percentages of its parts do not add up to 100; there may be none."""
        total = sum(float(share or 0) for share in shares)
        if total and abs(total - _WHOLE) > _ROUNDING:
            self.fault(f"the percentages of {of} add up to {total:g}, not {_WHOLE}", node)

    def sectors(self, whole: Element, **tie: str) -> None:
        """Claim the sectors of a whole with their percentages; `tie` has the column of its activity or its payment.

        The percentages of each vocabulary are parts of a whole of their own. A code that the OECD's list cannot have is
        kept as printed, with a fault.

        Decision: docs/decisions/0200-how-iati-files-are-read.md.
        """
        shares: dict[tuple[str, str], list[str]] = defaultdict(list)
        sectors = whole.all("sector")
        for node in sectors:
            code, vocabulary = node.said("code"), node.said("vocabulary") or "1"
            if not code:
                self.fault(f"a sector without a code ({node.words or 'and without a name'}); left out", node)
                continue
            current = {"DAC": "1", "DAC-3": "2"}.get(vocabulary, vocabulary)
            is_listed = code.isascii() and code.isdigit() and len(code) == _SECTORS.get(current)
            if current in _SECTORS and not (is_listed and code[:3] in _CATEGORIES):
                self.fault(f"{code!r} is no code of the OECD's list of sectors; imported unchanged", node)
            part = self.share(node)
            shares[current, node.said("vocabulary-uri")].append(part)
            self.claim("allocations", node, **tie, sector=code, sectorVocabulary=vocabulary, percentage=part)
        for (vocabulary, _), parts in shares.items():
            of = f"sectors in the vocabulary {vocabulary!r}"
            self.check_whole(parts, of, sectors[0] if whole is self.node else whole)

    def places(self, node: Element) -> list[tuple[Element, str]]:
        """Return the recipient countries and regions of an element whose places are known, each with its place."""
        parts = [part for name in ("recipient-country", "recipient-region") for part in node.all(name)]
        return [(part, place) for part in parts if (place := self.place(part))]

    def place(self, node: Element) -> str:
        """Return the place of a recipient-country or recipient-region; an empty string and a fault if it is unknown.

        Regions of other lists than M49 are counted, and are no fault.
        """
        builder, written, vocabulary = self.builder, node.said("code"), node.said("vocabulary")
        if node.tag == "recipient-country":
            code = written if len(written) == len("NO") else ""
        elif vocabulary == _UN:
            code = written.zfill(3)
        elif vocabulary not in OECD or written in WORDS["regions"]["not_m49"]:
            builder.report.unresolved[written] += 1
            return ""
        else:
            code = WORDS["regions"]["dac"].get(written, "")
        if code.upper() != code and builder.countries.by_code(code.upper()):
            code = self.in_capitals(code, node)
        place = builder.place_of_code(code, self.at(node), written=written) if code else ""
        if not place:
            self.fault(f"{written!r} is no country or region of the reference; left out", node, PLACES)
        return place

    def worded(self, column: str, nodes: Sequence[Element]) -> dict[str, str]:
        """Return the text of the first element as the cell of a column with its language; no cell without a text.

        Of texts in several languages it is the English one, else the first.
        """
        found = self.all_worded(column, nodes[0]) if nodes else []
        return min(found, key=lambda cell: column not in cell, default={})

    def all_worded(self, column: str, node: Element) -> list[dict[str, str]]:
        """Return the texts of an element, each as the cell of a column with its language; personal data are masked.

        There are none of a description if the import leaves these out. A title has figures that are no telephone.
        """
        report, found = self.builder.report, list[dict[str, str]]()
        if column in _DESCRIPTIONS and not self.builder.options.descriptions:
            report.left["descriptions of claims (--no-descriptions)"] += 1
            return []
        for text, tongue in node.narratives(self.node.language):
            safe = text if column == "label" and "@" not in text else masked(text)
            report.left.update(["personal data in descriptions, which are masked there"] * (safe != text))
            found.append({column if tongue.partition("-")[0] in ("en", "") else f"{column}@{tongue}": safe})
        return found


_Cells: TypeAlias = dict[str, Cell]


def _flag(_: Activity, column: str, parts: Sequence[Element], attribute: str) -> _Cells:
    written = parts[0].said(attribute).casefold()
    return {column: "true" if written in TRUE else "false" if written in _FALSE else ""}


def _tongues(_: Activity, column: str, parts: Sequence[Element], attribute: str) -> _Cells:
    tags = (language_tag(part.said(attribute) or part.printed) for part in parts)
    return {column: list(dict.fromkeys(filter(None, tags)))}


def _first_known(activity: Activity, column: str, parts: Sequence[Element], attribute: str, code_list: str) -> _Cells:
    known = activity.builder.ontology.matches(code_list)
    return {column: next((known[code] for part in parts if (code := part.code(attribute)) in known), "")}


_HOW: Final[
    Mapping[str, Callable[..., Mapping[str, Cell]]]
] = {  # how the parts of an element become the cells of a column
    "code": Activity.coded,
    "listed": Activity.listed,
    "first": _first_known,
    "flag": _flag,
    "text": lambda _, column, parts, attribute, *default: {column: parts[0].said(attribute) or "".join(default)},
    "words": lambda activity, column, parts, _: activity.worded(column, parts),
    "tongue": _tongues,
    "day": lambda activity, column, parts, attribute: {
        column: activity.day(parts[0].getparent(), str(parts[0].tag), attribute)
    },
    "place": lambda activity, column, parts, _: {column: list(filter(None, map(activity.place, parts)))},
}
