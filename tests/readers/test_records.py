from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipgraph.errors import InputError
from tipgraph.sources.evidence.segment import paragraphs, words
from tipgraph.sources.evidence.spans import Locator, digest, disagreements
from tipgraph.sources.evidence.xml_records import XmlFile, text_of_records
from tipgraph.sources.folder import read_text
from tipgraph.sources.importers.records import FileRecords, records_of

ODD = """<?xml version="1.0"?><!-- <iati-activity>not one</iati-activity> -->
<iati-activities version="2.03" xmlns:x="http://example.org/x">
 <iati-activity><title a="1 > 0"><narrative>A &amp; <![CDATA[B <]]></narrative></title></iati-activity>

 <iati-activity default-currency='EUR'/>
 <iati-activity><x:y/><!-- <sector/> --><sector
   code="1"/>é
</iati-activity></iati-activities>
"""
TEXT = "title 1 > 0 A & B <\niati-activity\n\niati-activity EUR\n\ny\nsector 1\niati-activity"


def test_the_text_of_xml_is_what_its_records_say(tmp_path: Path) -> None:
    path = tmp_path / "odd.xml"
    path.write_text(ODD, "utf-8")
    assert [(one.number, one.line) for one in FileRecords(path, "activities")] == [(1, 3), (2, 5), (3, 6)]
    assert read_text(path) == FileRecords(path, "activities").text == TEXT


def one(number: int, more: str = "") -> str:
    return f"<iati-activity>\n<iati-identifier>X&amp;{number}</iati-identifier>{more}</iati-activity>\n"


MISMATCH = "Opening and ending tag mismatch: "


@pytest.mark.parametrize(
    ("broken", "fault", "line", "unread"),
    [
        (one(2, "<title>&nbsp;</title>"), "Entity 'nbsp' not defined", 5, 0),
        (one(2, "<title>a & b</title>"), "xmlParseEntityRef: no name", 5, 0),
        (one(2, "<title>a < b</title>"), "StartTag: invalid element name", 5, 0),
        (one(2, "<title>\0</title>"), "Invalid character: Char 0x0 out of allowed range", 5, 0),
        (one(2, "<title a='b' a='c'/>"), "Attribute a redefined", 5, 0),
        (one(2, "<title>"), f"{MISMATCH}title line 5 and iati-activity", 5, 0),
        (one(2).replace("</iati-activity>", ""), f"{MISMATCH}iati-activity line 4 and iati-activities", 8, 0),
        (one(2, "<title a=b>z</title>"), "AttValue: \" or ' expected", 5, 1),
    ],
)
def test_a_broken_record_does_not_take_others_with_it(broken: str, fault: str, line: int, unread: int) -> None:
    file = XmlFile(f"<iati-activities>\n{one(1)}{broken}{one(3)}</iati-activities>")
    found = [(record.line, record.fault, record.fault_line) for record in file.records]
    assert found == [(2, "", 0), (4, fault, line), *([(6, "", 0)] * (not unread))]
    assert file.unread == unread


def test_a_record_is_verified_by_what_it_says_and_not_by_its_place() -> None:
    before, after = (f"<x>{one(1)}{one(2, more)}{one(3)}</x>" for more in ("<title>A</title>", "<title>Bee</title>"))
    text = text_of_records(XmlFile(before).records)
    places = {number: Locator(number, 1, start, end, digest(text[start:end]))
              for number, start, end in paragraphs(text, "activities")}  # fmt: skip
    shown = text_of_records(XmlFile(after.replace(">\n<", "> <")).records)
    assert {number: disagreements(shown, place, "activities") for number, place in places.items()} == {
        1: [], 2: ["/*/*[2]/*[1]: this record has changed, or is gone"], 3: [],
    }  # fmt: skip
    element = Locator(2, 1, 0, 1, digest("iati-identifier X&2"))
    assert disagreements(shown, element, "activities") == []
    assert disagreements(shown, element._replace(paragraph=9), "activities") != []


BOMB = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><iati-activities><iati-activity/>'


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (BOMB.encode(), "2: has a DOCTYPE"),
        (
            b"<iati-activities>caf\xe9<iati-activity/></iati-activities>",
            "1: is not UTF-8 and cannot be read at byte 20",
        ),
        (b'<?xml version="1.0" encoding="KOI8-R"?><iati-activities>\xe9', "iconv -f LATIN1 -t UTF-8"),
        ("<iati-activities/>".encode("utf-16"), "1: is UTF-16; turn it into UTF-8, as by iconv -f UTF-16 -t UTF-8"),
        ("<iati-activities/>".encode("utf-16-be"), "1: is UTF-16"),
        (b"PK\x03\x04rest", "is a workbook or a zip archive; save the sheet as CSV (UTF-8)"),
        (b"\x1f\x8brest", "is compressed by gzip; unpack it"),
        (b"{}", "is no XML"),
        (b"  \n", "is empty"),
    ],
)
def test_what_is_no_stream_of_activities_is_refused(raw: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.xml"
    path.write_bytes(raw)
    with pytest.raises(InputError) as refused:
        list(FileRecords(path, "activities"))
    assert told in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_a_file_that_declares_latin_1_is_read_as_that_unless_it_is_utf_8(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "named.xml"
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    text = f"{head}<iati-activities><iati-activity><title>é</title></iati-activity></iati-activities>"
    path.write_bytes(text.encode(encoding))
    stream = FileRecords(path, "activities")
    assert ([one.text for one in stream], stream.faults) == (["title é\niati-activity"], [])
    assert read_text(path) == stream.text


def test_a_record_of_csv_may_hold_line_breaks() -> None:
    text = 'a,b\n\n1,"two\nlines, ""quoted"""\n3,4'
    assert [one.text for one in records_of(text, "records")] == ["a,b", '1,"two\nlines, ""quoted"""', "3,4"]
    assert [one.line for one in records_of(text, "records")] == [1, 3, 5]


@given(st.text(alphabet='",\n a\r', max_size=60))
def test_records_cover_all_that_is_no_space(text: str) -> None:
    spans = paragraphs(text, "records")
    outside = "".join(text[before:after] for before, after in zip(
        [0, *(one.end for one in spans)], [*(one.start for one in spans), len(text)], strict=True))  # fmt: skip
    assert outside.strip() == ""


def test_words_are_those_of_the_format() -> None:
    assert words('"say ""no"""', "csv") == '"say "no""'
    assert words(r'"\ud83d\ude00 caf\u00e9 \/ \"q\""', "json") == '"😀 café / "q""'
    assert words("as it is", "plain") == "as it is"
