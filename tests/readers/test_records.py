from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipgraph.errors import InputError
from tipgraph.sources.evidence.segment import elements, paragraphs, sentences, words
from tipgraph.sources.folder import read_text
from tipgraph.sources.importers.records import FileRecords, records_of

LOST = "this record has no end, and was left out: add its end tag, or name the whole file"
ODD = """<?xml version="1.0"?><!-- <iati-activity>not one</iati-activity> -->
<iati-activities version="2.03" xmlns:x="http://example.org/x">
 <iati-activity><title a="1 > 0"><narrative>A &amp; B</narrative></title><![CDATA[</iati-activity>]]></iati-activity>

 <iati-activity default-currency='EUR'/>
 <iati-activity><x:y/><!-- <sector/> --><sector code="1"/>é
</iati-activity></iati-activities>
"""


def test_activities_are_found_past_comments_cdata_and_marks_in_attributes() -> None:
    found = list(records_of(ODD, "activities"))
    assert [(one.number, one.line) for one in found] == [(1, 3), (2, 5), (3, 6)]
    assert found[1].text == "<iati-activity default-currency='EUR'/>"
    inner = sentences(ODD, paragraphs(ODD, "activities")[2], "activities")
    assert [ODD[one.start : one.end] for one in inner] == ["<x:y/>", '<sector code="1"/>']


def test_a_file_that_is_cut_short_gives_what_is_whole_and_says_where_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_text(ODD[: ODD.index("é")], "utf-8")
    stream = FileRecords(path, "activities")
    assert len(list(stream)) == 2
    assert [str(fault) for fault in stream.unended] == [f"cut.xml:6: {LOST}"]


def test_an_activity_without_its_end_does_not_take_those_behind_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "open.xml"
    parts = [f"<iati-activity>\n<iati-identifier>X&amp;{n}</iati-identifier></iati-activity>" for n in range(10)]
    for number in (2, 9):
        parts[number] = parts[number].removesuffix("</iati-activity>")
    path.write_text("<iati-activities>\n" + "\n".join([*parts, "<iati-organisation>", "</iati-activities>"]), "utf-8")
    stream = FileRecords(path, "activities")
    assert [(one.number, one.line) for one in stream] == [
        (1, 2), (2, 4), (3, 8), (4, 10), (5, 12), (6, 14), (7, 16), (8, 18),
    ]  # fmt: skip
    assert [str(fault) for fault in stream.unended] == [
        f"open.xml:6: X&2: {LOST}",
        f"open.xml:20: X&9: {LOST}",
        f"open.xml:22: {LOST}",
    ]


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
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><iati-activities><iati-activity>é</iati-activity>'
    path.write_bytes(text.encode(encoding))
    stream = FileRecords(path, "activities")
    assert ([one.text for one in stream], stream.faults) == (["<iati-activity>é</iati-activity>"], [])
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


@given(st.text(alphabet="<>/ab \"'!-[]?", max_size=80))
def test_elements_of_senseless_xml_are_in_order_and_apart(text: str) -> None:
    found = list(elements(text, depth=2))
    assert all(first < last for first, last in found)
    assert found == sorted(found)


def test_words_are_those_of_the_format() -> None:
    said = words("<a b='x &amp; y'><![CDATA[1 < 2 & 3]]><!-- no --></a>", "xml")
    assert " ".join(said.split()) == "x & y 1 < 2 & 3"
    assert words('"say ""no"""', "csv") == '"say "no""'
    assert words(r'"\ud83d\ude00 caf\u00e9 \/ \"q\""', "json") == '"😀 café / "q""'
    assert words("as it is", "plain") == "as it is"
