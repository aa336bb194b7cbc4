"""Places of the recipient countries and regions of IATI files."""

from tipgraph.sources.importers.iati.activity import Activity, Element
from tipgraph.sources.importers.row_builder import PLACES, RowBuilder

_DAC = {  # regions of the OECD with the bounds of a region of M49
    "89": "150", "189": "015", "289": "202", "298": "002", "380": "029", "489": "005", "498": "019", "619": "143",
    "679": "034", "798": "142", "889": "009", "1027": "014", "1028": "017", "1029": "018", "1030": "011",
    "1031": "029", "1032": "013", "1033": "054", "1034": "057", "1035": "061",
}  # fmt: skip
_NOT_M49 = frozenset({"88", "389", "589", "689", "789", "998"})  # regions of the OECD with other bounds
_OECD, _UN = "1", "2"  # the vocabularies of the OECD and of M49


def place_of(builder: RowBuilder, activity: Activity, element: Element) -> str:
    """Return the place of a recipient-country or recipient-region; an empty string and a fault if it is unknown.

    Regions of other lists than M49 are counted, and are no fault.
    """
    written = element.get("code")
    if element.node.tag == "recipient-region" and _of_another_list(element, written):
        builder.report.unresolved[written] += 1
        return ""
    code = _code(element, written)
    if code.upper() != code and builder.countries.by_code(code.upper()):
        code = activity.in_capitals(builder, code, element)
    place = builder.place_of_code(code, element.at, written=written) if code else ""
    if not place:
        activity.fault(builder, f"{written!r} is no country or region of the reference; left out", element, PLACES)
    return place


def _of_another_list(element: Element, written: str) -> bool:
    list_ = element.get("vocabulary")
    return list_ not in ("", _OECD, _UN) or (list_ != _UN and written in _NOT_M49)


def _code(element: Element, written: str) -> str:
    """Return the ISO code of a country, or the M49 code of a region, or an empty string."""
    if element.node.tag == "recipient-country":
        return written if len(written) == len("NO") else ""
    list_ = element.get("vocabulary")
    return written.zfill(3) if list_ == _UN else _DAC.get(written, "") if list_ in ("", _OECD) else ""
