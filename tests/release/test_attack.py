"""The attack finds each kind of leak that is planted in a release, names the file, and cries at nothing else."""

import base64
import bz2
import gzip
import io
import json
import lzma
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from decimal import Decimal
from hashlib import blake2b, md5, sha1, sha3_256, sha256, sha384, sha512
from pathlib import Path
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

import tipgraph
from tests.release.making import shared, write_reference, write_source
from tipgraph.graph.storage import write
from tipgraph.outputs.files import export
from tipgraph.outputs.release import FORMATS
from tipgraph.outputs.release.attack import Leak, SecretFigure, Secrets, attack
from tipgraph.outputs.site import render
from tipgraph.pipeline.builder import build

PEOPLE, EREWHON = (
    frozenset({"victims", "persons", "A number, of a source that names no form.", "una fuente", "year"}),
    frozenset({"Erewhon", "reference/places/erewhon"}),
)
SECRETS = Secrets(
    names=frozenset({"Casa Clara", "ZFQ", "TINFund Puno", "Zorblat", "Refugio Ñandú", "Надежда"}),
    texts=frozenset({"Two officers came to the shelter at night, and nobody was told"}),
    ids=frozenset({"tidings-2020/actors/hidden-lantern", "tidings-2020/funding/f1", "courier-2018"}),
    days=frozenset({"2025-06-11", "2024-03"}),
    figures=(
        SecretFigure(Decimal(1700), EREWHON, PEOPLE),
        SecretFigure(Decimal(79), EREWHON, PEOPLE),
        SecretFigure(Decimal(1), EREWHON, PEOPLE),
        SecretFigure(Decimal(250_000), frozenset({"Quixvum House"}), frozenset({"USD"})),
        SecretFigure(Decimal(612), frozenset({"Quixvum House"}), frozenset({"USD"})),
    ),
    digests=frozenset({sha256(b"a span that nobody shows").hexdigest()}),
    closed=frozenset({"ledger-2019"}),
    kept=frozenset({"House"}),
)


def small_project(data: Path) -> None:
    """Write two sources that say much, and nothing of what is withheld."""
    write_reference(data)
    for name, year in (("tidings-2020", 2019), ("gazette-2021", 2020)):
        ids = ["quixvum", "gloopyest", f"krum-{year}"]
        write_source(
            data,
            name,
            actors=[{"id": one, "type": "Organization", "label": f"{one.title()} House"} for one in ids],
            namings=[{"id": f"n-{one}", "named": one, "name": f"{one.title()} House", "nameKind": "name"}
                     for one in ids],
            funding=[
                {"id": "f-1", "giver": ids[0], "receiver": ids[1], "amount": 179_000, "currency": "USD",
                 "moneyKind": "disbursed", "date": f"{year}-03-04", "note": "one of two instalments, on 11 July"},
            ],
            estimates=[
                {"id": f"e-{n}", "subject": "reference/erewhon", "value": value, "hedge": "exact", "unit": "persons",
                 "per": "year", "date": year, "population": "victims", "basis": "detected", "measure": "flow",
                 "form": "unspecified", "issuer": ids[0]}
                for n, value in enumerate((1_701, 97, 41))
            ],
        )  # fmt: skip


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that is written of a small project, in all formats, as in a release."""
    folder = tmp_path_factory.mktemp("attacked")
    small_project(folder / "data")
    graph, out = build(folder / "data"), folder / "out"
    (out / "exports").mkdir(parents=True)
    write(graph, out / "graph.trig")
    for suffix in FORMATS:
        export(graph, f"{out}/exports/tipgraph{suffix}")
    render(graph, out / "site")
    return out


@pytest.fixture
def planted(clean: Path, tmp_path: Path) -> Iterator[Callable[[str, bytes], Path]]:
    """Plant bytes at the end of a file of a folder, or as a file of their own."""

    def plant(name: str, data: bytes) -> Path:
        folder = tmp_path / "release"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if (clean / name).is_file():
            shutil.copy(clean / name, path)
        with path.open("ab") as file:
            file.write(data)
        return folder

    return plant  # type: ignore[return-value]


def page(words: str) -> bytes:
    return f"<!doctype html><html><body>{words}</body></html>".encode()


def packed(*members: tuple[str, bytes], comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def workbook(*, hidden: bool = False, keywords: str = "", cells: tuple[object, ...] = ("nothing",)) -> bytes:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet("more")
    for cell in cells:
        sheet.append(list(cell) if isinstance(cell, tuple) else [cell])
    sheet.sheet_state = "hidden" if hidden else "visible"
    book.properties.keywords = keywords
    book.save(buffer)
    return buffer.getvalue()


def columns(table: dict[str, list[object]], about: dict[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    parquet.write_table(pa.table(table).replace_schema_metadata(about), buffer)
    return buffer.getvalue()


def png(kind: bytes, data: bytes) -> bytes:
    chunk = struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk


def b64(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


ID = "https://w3id.org/tipgraph/id"
NS = "https://w3id.org/tipgraph/ns#"
CLARA = "given to Casa Clara in May"
LONG = f"{'The quick brown fox jumps over the lazy dog. ' * 60}x given to casa-Clara in May. {'Nothing more. ' * 300}"
BOOK = json.dumps({"thing/x.html": "<p>One</p>\n" * 30 + f"<p>{CLARA}</p>"})

PLANTS: dict[str, tuple[str, bytes]] = {
    # names
    "in a page": ("site/index.html", page(CLARA)),
    "in another case": ("site/index.html", page("given to CASA CLARA")),
    "without accents": ("README.md", b"the refugio nandu was seen"),
    "with other accents": ("README.md", "Cásà Clará".encode()),
    "in an attribute": ("site/things.html", page('<a title="Casa Clara" href="x">x</a>')),
    "in a comment": ("site/things.html", page("<!-- Casa Clara -->")),
    "in a script": ("site/own.js", b'const a = "Casa Clara";'),
    "in a style": ("site/own.css", b"/* Casa Clara */"),
    "in a file name": ("site/thing/casa-clara.html", page("x")),
    "joined in an address": ("site/links.html", page('<a href="https://casaclara.example/">x</a>')),
    "joined with more": ("exports/notes.txt", b"the CasaClaraShelter"),
    "in a slug with more": ("exports/notes.txt", b"id tinfund-puno1 here"),
    "one word in one of more": ("exports/notes.txt", b"www.zorblathouse.example"),
    "parted by a hyphen": ("exports/notes.txt", "Casa\u2011Clara".encode()),
    "parted by lines": ("exports/notes.txt", b"given to Casa\n    Clara in May"),
    "parted within a word": ("exports/notes.txt", "Ca\u00adsa Cl\u200bara".encode()),
    "parted by tags": ("site/x.html", page("<b>Ca</b>sa <i>Cla</i>ra")),
    "parted by tspans": ("site/x.svg", b"<svg><text><tspan>Casa</tspan><tspan>Clara</tspan></text></svg>"),
    "parted by cells": ("exports/x.csv", b'a,b\n"Casa","Clara"\n'),
    "letter by letter": ("exports/notes.txt", b"C a s a C l a r a"),
    "in Cyrillic that looks alike": ("exports/notes.txt", "Саsа Сlаrа".encode()),
    "in Greek that looks alike": ("exports/notes.txt", "Cαsα Clαrα".encode()),
    "in full width": ("exports/notes.txt", "Ｃａｓａ Ｃｌａｒａ".encode()),
    "in a script of its own": ("exports/notes.txt", "приют Надежда".encode()),
    "an acronym": ("README.md", b"paid by ZFQ."),
    "an acronym in a small id": ("README.md", b"see /actors/zfq-office"),
    "an acronym in a domain": ("README.md", b"see https://www.zfq.example"),
    # in other letters
    "percent signs": ("site/x.html", page('<a href="?q=Casa%20Clara">x</a>')),
    "percent signs of all": ("exports/x.txt", "".join(f"%{b:02X}" for b in b"Casa Clara").encode()),
    "percent signs twice": ("exports/x.txt", quote(quote("Casa, Clara", safe="")).replace("C", "%2543").encode()),
    "entities": ("site/x.html", page("&#67;asa &#x43;lara")),
    "escapes of JSON": ("site/x.json", b'{"a": "\\u0043asa Clara"}'),
    "escapes of a script": ("site/own.js", b'x = "\\x43asa\\x20\\x43lara";'),
    "escapes of a style": ("site/own.css", b'a::before { content: "\\43 asa \\43 lara"; }'),
    "hex": ("exports/x.txt", b"Casa Clara".hex().encode()),
    "hex, parted": ("exports/x.txt", ", ".join(f"0x{b:02x}" for b in b"casa clara").encode()),
    "quoted-printable": ("exports/x.txt", b"=43asa =43lara"),
    "quoted-printable over lines": ("exports/x.txt", b"=43asa Cl=\nara"),
    "Base64": ("exports/x.txt", b64("Casa Clara").encode()),
    "Base64 within": ("exports/x.txt", f"data:text/plain;base64,{b64('by cAsA clArA, once')}".encode()),
    "Base64 for addresses": ("exports/x.txt", base64.urlsafe_b64encode("«Casa Clara»".encode())),
    "Base64 over lines": ("exports/x.txt", base64.encodebytes(b"many words, and then Casa Clara, and more " * 3)),
    "Base64 over short lines": ("exports/x.txt", b64(CLARA)[:14].encode() + b"\n" + b64(CLARA)[14:].encode()),
    "UTF-16 in long Base64": ("exports/x.txt", base64.b64encode(LONG.encode("utf-16-le"))),
    "UTF-16 of the other order in long Base64": ("exports/x.txt", base64.encodebytes(LONG.encode("utf-16-be"))),
    "UTF-16 with a mark in long Base64": ("exports/x.txt", base64.b64encode(LONG.encode("utf-16"))),
    "Windows-1252 in long Base64": ("exports/x.txt", base64.b64encode(f"ñ{LONG} ñandú".encode("cp1252"))),
    "Base32": ("exports/x.txt", base64.b32encode(b"Casa Clara")),
    "UTF-7": ("exports/x.txt", b"+AEMAYQBzAGE- Clara"),
    "numbers of letters": ("site/own.js", f"String.fromCharCode({', '.join(map(str, b'Casa Clara'))})".encode()),
    "octal numbers": ("site/own.js", ("x = '" + "".join(f"\\{b:03o}" for b in b"Casa Clara") + "'").encode()),
    "escapes of escapes": ("site/x.json", b'{"a": "{\\"b\\": \\"\\\\u0043asa Clara\\"}"}'),
    "a domain in other letters": ("exports/x.txt", f"https://{'casaclára'.encode('idna').decode()}.example".encode()),
    # packed
    "gzip": ("exports/x.gz", gzip.compress(CLARA.encode())),
    "gzip in Base64": ("site/x.html", page(f"<script>{b64(gzip.compress(CLARA.encode()))}</script>")),
    "zip": ("exports/x.zip", packed(("a.txt", CLARA.encode()))),
    "zip in zip": ("exports/x.zip", packed(("a.zip", packed(("a.txt", CLARA.encode()))))),
    "a name in a zip": ("exports/x.zip", packed(("casa-clara.txt", b""))),
    "pages in one file": ("site/y.html", page(f"<script>{b64(gzip.compress(BOOK.encode()))}</script>")),
    "a workbook": ("exports/x.xlsx", workbook(cells=("Casa Clara",))),
    "a hidden sheet": ("exports/x.xlsx", workbook(hidden=True, cells=("Casa Clara",))),
    "cells side by side": ("exports/x.xlsx", workbook(cells=(("x", "Casa", "Clara"),))),
    "what a workbook says of itself": ("exports/x.xlsx", workbook(keywords="Casa Clara")),
    "Parquet": ("exports/x.parquet", columns({"a": ["x", CLARA]})),
    "what Parquet says of itself": ("exports/x.parquet", columns({"a": [1]}, {"note": CLARA})),
    "a column of Parquet": ("exports/x.parquet", columns({"casa_clara": [1]})),
    "a comment in RDF": ("graph.trig", b"\n# Casa Clara\n"),
    "a prefix in RDF": ("graph.trig", b"\n@prefix casaclara: <urn:x> .\n"),
    "a literal in RDF": ("exports/tipgraph.nq", b'<urn:a> <urn:b> "Casa Cl\\u0061ra" .\n'),
    # words, ids, days
    "words": ("README.md", SECRETS_WORDS := b"Two officers came to the shelter at night, and nobody was told"),
    "words with marks": ("README.md", b"two officers came to the 'shelter' at night - and nobody\nwas told"),
    "an id": ("exports/x.txt", b"tidings-2020/actors/hidden-lantern"),
    "the end of an id": ("exports/x.txt", b"hidden-lantern"),
    "an id of a row": ("exports/tipgraph.nq", f"<{ID}/tidings-2020/funding/f1> <urn:b> <urn:c> .\n".encode()),
    "a source": ("exports/x.txt", b"said in courier-2018 (cited)"),
    "a day": ("exports/x.txt", b"on 2025-06-11."),
    "a day in an id": ("exports/x.txt", b"undertakings/meeting-20250611"),
    "a day with strokes": ("exports/x.txt", b"on 11/06/2025"),
    "a day with other dashes": ("exports/x.txt", "on 2025\u201206\u201211".encode()),
    "a day of its week": ("exports/x.txt", b"on 2025-W24-3"),
    "a day in seconds": ("exports/x.json", b'{"day": 1749600000}'),
    "a day in milliseconds": ("exports/x.json", b'{"day": 1749600000000}'),
    "a day of America": ("exports/x.txt", b"on 06/11/2025"),
    "a day with points": ("exports/x.txt", b"am 11.6.2025"),
    "a day in English": ("exports/x.txt", b"on 11 June 2025"),
    "a day with its ordinal": ("exports/x.txt", b"June 11th, 2025"),
    "a day in Spanish": ("exports/x.txt", b"el 11 de junio de 2025"),
    "a day in words": ("exports/x.txt", b"on the eleventh of June, 2025"),
    "a day in words of Spanish": ("exports/x.txt", b"el once de junio de 2025"),
    "the first of some days": ("exports/x.txt", "11–12 June 2025".encode()),
    "a month": ("exports/x.txt", b'"2024-03"'),
    "a month in English": ("exports/x.txt", b"in March 2024"),
    "a month in Spanish": ("exports/x.txt", b"en marzo de 2024"),
    "a day of a month": ("exports/x.txt", b"on 2024-03-17"),
    # figures
    "a large number": ("site/x.html", page("<li>1,700 came from Erewhon</li>")),
    "a large number with points": ("site/x.html", page("<li>Erewhon: 1.700</li>")),
    "a large number in words": ("exports/x.txt", b"one thousand seven hundred in Erewhon"),
    "a small number": ("site/x.html", page("<p>Erewhon: exact 79 victims in all</p>")),
    "a small number in words": ("exports/x.txt", b"seventy-nine victims in Erewhon"),
    "a small number in Spanish": ("exports/x.txt", "setenta y nueve víctimas en Erewhon".encode()),
    "one": ("exports/x.txt", b"Rescue of one boy in Erewhon"),
    "a number in a table": ("site/x.html", page(
        "<table><tr><th>place<th>count<th>unit</tr><tr><td>Erewhon</td><td>79</td><td>victims</td></tr></table>")),
    "a number in a row": ("exports/x.csv", b"place,count,unit\nErewhon,79,persons\n"),
    "a number in a workbook": ("exports/x.xlsx", workbook(cells=(("place", "victims"), ("Erewhon", 79)))),
    "a number in Parquet": ("exports/x.parquet", columns({"place": ["Erewhon"], "value": [79], "unit": ["persons"]})),
    "a number in JSON": ("site/x.json", b'[{"place": {"label": "Erewhon"}, "value": 79, "unit": "victims"}]'),
    "a number in RDF": ("exports/tipgraph.nq", (
        f"<urn:e> <{NS}subject> <{ID}/reference/places/erewhon> .\n<urn:e> <{NS}value> \"79\" .\n"
        f"<urn:e> <{NS}unit> <https://w3id.org/tipgraph/code#unit-persons> .\n").encode()),
    "a number and what it counts, over lines": ("README.md", b"In Erewhon 79\nvictims were found"),
    "a sum of money": ("exports/x.txt", b"Quixvum House received US$ 250,000"),
    "a small sum of money": ("exports/x.txt", b"Quixvum House: $612"),
    "money in millions": ("site/x.html", page("<p>0.25 million to Quixvum House</p>")),
    # digests
    "SHA-256": ("exports/x.txt", sha256(b"Casa Clara").hexdigest().encode()),
    "SHA-256 in capitals": ("exports/x.txt", sha256(b"Casa Clara").hexdigest().upper().encode()),
    "MD5 of small letters": ("exports/x.txt", md5(b"casa clara", usedforsecurity=False).hexdigest().encode()),
    "SHA-1 with a line": ("exports/x.txt", sha1(b"Casa Clara\n", usedforsecurity=False).hexdigest().upper().encode()),
    "SHA-512 of words": ("exports/x.txt", sha512(SECRETS_WORDS).hexdigest().encode()),
    "BLAKE2b of an id": ("exports/x.txt", blake2b(b"tidings-2020/actors/hidden-lantern").hexdigest().encode()),
    "a digest of a string in JSON": ("exports/x.txt", sha256(b'"Casa Clara"').hexdigest().encode()),
    "a digest, cut": ("exports/x.txt", b"r-" + sha256(b"Casa Clara").hexdigest()[:12].encode()),
    "a digest, cut shorter": ("exports/x.txt", sha256(b"casa clara").hexdigest()[:8].encode()),
    "a digest in Base64": ("exports/x.txt", f"sha256-{b64(sha256(b'Casa Clara').digest())}".encode()),
    "SHA-384": ("exports/x.txt", sha384(b"Casa Clara").hexdigest().encode()),
    "SHA3": ("exports/x.txt", sha3_256(b"Casa Clara").hexdigest().encode()),
    "a digest of git": ("exports/x.txt", sha1(b"blob 10\0Casa Clara", usedforsecurity=False).hexdigest().encode()),
    "a UUID": ("exports/x.txt", str(uuid5(NAMESPACE_URL, "Casa Clara")).encode()),
    "a digest of a day": ("exports/x.txt", sha256(b"2025-06-11").hexdigest().encode()),
    "a digest of a number": ("exports/x.txt", sha256(b"1700").hexdigest().encode()),
    "a digest of the graph": ("exports/x.txt", sha256(b"a span that nobody shows").hexdigest().encode()),
    # traces of a source
    "a place in a text": ("site/x.html", page("<p>ledger-2019 ¶5 s1</p>")),
    "a place in an address": ("site/x.html", page('<a href="source/ledger-2019.html#p5">x</a>')),
    "a place by its letters": ("site/x.html", page('<a href="source/ledger-2019.html#char=126,219">x</a>')),
    "a place, shortened": ("exports/x.txt", b"ledger-2019, para. 2, sent. 2"),
    "a place on its page": ("site/source/ledger-2019.html", page("<p>¶ 5</p>")),
    "a page of a text": ("site/x.html", page("<p>ledger-2019, p. 7</p>")),
    "a page of a document": ("site/x.html", page('<a href="ledger-2019.pdf#page=7">x</a>')),
    "a page on its page": ("site/source/ledger-2019.html", page("<p>p. 5</p>")),
    "a page in RDF": ("exports/tipgraph.nq", f'<{ID}/ledger-2019/x/r-1> <{NS}page> "5" .\n'.encode()),
    "a paragraph in RDF": ("exports/tipgraph.nq", f'<{ID}/ledger-2019/x/r-1> <{NS}paragraph> "5" .\n'.encode()),
    "a digest in RDF": ("exports/tipgraph.nq", f'<{ID}/ledger-2019> <{NS}sha256> "{"5e" * 32}" .\n'.encode()),
    "offsets in a row": ("exports/x.csv", b"id,start,end\nledger-2019/evidence/r-0123456789ab,5,17\n"),
    "a digest of a text in a manifest": ("exports/x.json", json.dumps({"ledger-2019": {"sha256": "5e" * 32}}).encode()),
    "the number of a judgement": ("exports/x.nq", f"<{ID}/reference/identity/j21> <urn:b> <urn:c> .\n".encode()),
    "an old id": ("exports/x.txt", b"ledger-2019/funding/f1"),
    "a gap": ("exports/x.txt", b"ledger-2019/namings/n1 ledger-2019/namings/n2 ledger-2019/namings/n4"),
}  # fmt: skip


def said(leaks: list[Leak]) -> str:
    return "\n".join(map(str, leaks))


def test_a_clean_folder_leaks_nothing(clean: Path) -> None:
    preview = sha256((clean / "site" / "assets" / "preview.png").read_bytes()).hexdigest()
    leaks = list(attack(clean, SECRETS, frozenset([preview])))  # a release knows the files of the kit
    assert not leaks, said(leaks)


@pytest.fixture(scope="module")
def leaks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Leak]]:
    """All plants, each in a folder of its own, attacked at once; the leaks by their folder, which is a number."""
    folder = tmp_path_factory.mktemp("plants")
    for n, (name, data) in enumerate(PLANTS.values()):
        path = folder / str(n) / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    assert not list(attack(folder, Secrets())), "without secrets nothing is a leak"
    found: dict[str, list[Leak]] = {}
    for leak in attack(folder, SECRETS):
        found.setdefault(leak.file.split("/")[0], []).append(leak)
    return found


@pytest.mark.parametrize("kind", PLANTS)
def test_a_planted_leak_is_found(kind: str, leaks: dict[str, list[Leak]]) -> None:
    number = str(list(PLANTS).index(kind))
    assert {leak.file for leak in leaks.get(number, ())} == {f"{number}/{PLANTS[kind][0]}"}


def test_a_gap_in_numbers_is_found(leaks: dict[str, list[Leak]]) -> None:
    assert said(leaks["."]) == ".: its ids: a gap in numbers: ledger-2019/namings/n3"


@pytest.mark.parametrize("kind", ["a comment in RDF", "in an attribute", "a number in RDF", "a small number"])
def test_a_plant_in_a_file_of_a_release_is_found(kind: str, planted: Callable[[str, bytes], Path]) -> None:
    name, data = PLANTS[kind]
    folder = planted({"in an attribute": "site/things.html", "a small number": "site/ask.html"}.get(kind, name), data)
    assert len({leak.file for leak in attack(folder, SECRETS)}) == 1


HARMLESS = {
    "a word with an acronym": b"an axiom, and maximum; zfqs are many; who paid",
    "words of a name, apart": b"The casa is old. Clara is a town. claracasa",
    "a longer word": b"Puno and the infund, tinfunds; zorblats",
    "a bare number": b"a { width: 79px; margin: 1700px } Erewhon",
    "a number of another thing": b"79 victims in Utopia, and 1,700 in Gormenghast",
    "a number of something else": b"Erewhon has 79 rivers and 1 king",
    "a number in an id": b"Erewhon p79-1, e-79 victims",
    "a year": b"Erewhon 2019, victims",
    "a code in a row": b"place,transaction-type,kind\nErewhon,79,persons\n",
    "one source and one sentence": b"Erewhon: una fuente, una frase; one source",
    "a number of ties": "Erewhon: a partner on ×79, takes part in\nNational Women's Institute".encode(),
    "a date": b"Erewhon: meeting on persons, 1 June 2024",
    "another day": b"2025-06-12, 11.6.20251, 1162025, 12025-06-113, 11 July 2025, 11 June 2026",
    "a number like a month": b"202,403 and 202403 and 3.2024 and 03.2024",
    "digits of a version": b"vis-network 9.1.2, 2025.06.110",
    "a place in an open source": "tidings-2020 ¶5 s1, p. 7".encode(),
    "a made id": b"ledger-2019/funding/r-237767d86d78 ledger-2019/actors/krum-2",
    "other digests": sha256(b"something else").hexdigest().encode() + b" deadbeef 20250611aa",
    "what stays by right": b"House, HOUSE and houses",
    "Base64 of no words": base64.b64encode(bytes(range(256)) * 40),
    "a longer id": b"tidings-2020/funding/f12, tidings-2020/funding/f-1, courier-20181",
}


@pytest.mark.parametrize("name", ["exports/x.txt", "site/x.html", "exports/tipgraph.csv"])
def test_what_is_no_leak_is_none(name: str, tmp_path: Path) -> None:
    for kind, data in HARMLESS.items():
        path = tmp_path / kind.replace(" ", "_") / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    assert not (leaks := list(attack(tmp_path, SECRETS))), said(leaks)


def locked() -> bytes:
    data = bytearray(packed(("a.txt", b"nothing")))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def named_gzip() -> bytes:
    buffer = io.BytesIO()
    with gzip.GzipFile("casa-clara", "wb", fileobj=buffer) as file:
        file.write(b"nothing")
    return buffer.getvalue()


def nested() -> bytes:
    data = b"nothing"
    for _ in range(12):
        data = packed(("a.zip", data))
    return data


UNREADABLE = {
    "locked": ("exports/x.zip", locked),
    "broken": ("exports/x.zip", lambda: packed(("a.txt", b"nothing" * 99))[:60]),
    "a broken gzip": ("exports/x.gz", lambda: gzip.compress(b"nothing" * 99)[:20]),
    "a broken Parquet": ("exports/x.parquet", lambda: columns({"a": [1]})[:80]),
    "bzip2": ("exports/x.bz2", lambda: bz2.compress(b"nothing")),
    "xz": ("exports/x.xz", lambda: lzma.compress(b"nothing")),
    "an object of git": ("exports/x.git/objects/ab/cd", lambda: zlib.compress(b"blob 7\0nothing")),
    "a PDF": ("exports/x.pdf", lambda: b"%PDF-1.7\nnothing\n%%EOF\n"),
    "a picture": ("site/x.png", lambda: png(b"tEXt", b"Comment\0" + CLARA.encode())),
    "a picture in Base64": ("site/x.html", lambda: page(f"<img src='data:,{b64(png(b'tEXt', bytes(200)))}'>")),
    "UTF-16 with a mark": ("exports/y.txt", lambda: CLARA.encode("utf-16")),
    "UTF-16 without a mark": ("exports/y.txt", lambda: CLARA.encode("utf-16-be")),
    "Windows-1252": ("exports/y.txt", lambda: "el refugio ñandú".encode("cp1252")),
    "a name in a gzip": ("exports/x.gz", named_gzip),
    "more after the end of gzip": ("exports/x.gz", lambda: gzip.compress(b"nothing") + CLARA.encode()),
    "a comment in a zip": ("exports/x.zip", lambda: packed(("a.txt", b""), comment=b"Casa Clara")),
    "too deep": ("exports/x.zip", nested),
    "too large": ("exports/x.gz", lambda: gzip.compress(bytes(1 << 28), 1)),
    "too large in a zip": ("exports/x.zip", lambda: packed(("a.txt", bytes(1 << 28)))),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_a_leak(kind: str, planted: Callable[[str, bytes], Path]) -> None:
    name, data = UNREADABLE[kind]
    leaks = list(attack(planted(name, data()), SECRETS))
    assert [leak.file for leak in leaks if "cannot be read" in leak.what] == [name], said(leaks)


def test_a_text_that_is_not_utf_8_is_a_leak(planted: Callable[[str, bytes], Path]) -> None:
    for name in ("x.json", "x.trig", "x.csv", "x.html", "x.svg", "x.bin"):
        leaks = list(attack(planted(f"exports/{name}", b'{"a": \xff\xfe\x80 <<"' + CLARA.encode()), SECRETS))
        assert leaks, name


def test_a_link_is_no_file_of_a_release(planted: Callable[[str, bytes], Path]) -> None:
    folder = planted("exports/x.txt", b"nothing")
    (folder / "link").symlink_to("/etc/hostname")
    assert [leak.file for leak in attack(folder, SECRETS)] == ["link"]


def test_of_own_files_the_names_are_read(planted: Callable[[str, bytes], Path]) -> None:
    own = {sha256(CLARA.encode()).hexdigest()}
    assert not list(attack(planted("site/kit.js", CLARA.encode()), SECRETS, own))
    assert list(attack(planted("site/casa-clara.js", CLARA.encode()), SECRETS, own))


def test_scripts_of_the_kit_may_stand_in_one_with_others(planted: Callable[[str, bytes], Path]) -> None:
    script = (Path(tipgraph.__file__).parent / "outputs" / "site" / "web" / "static" / "network.js").read_bytes()
    secrets = Secrets(names=frozenset({"document body append"}))
    assert not list(attack(planted("site/one.html", b"<script>\n" + script + b"\n</script>"), secrets))
    assert list(attack(planted("site/two.html", b"<script>\n// document.body, append\n</script>"), secrets))


def test_a_number_in_one_sentence_is_none_of_another(planted: Callable[[str, bytes], Path]) -> None:
    words = "79 victims were found in Utopia, as all who were asked that year have told, and said again. " * 4
    assert not list(attack(planted("README.md", f"{words}Erewhon was silent.".encode()), SECRETS))
    assert list(attack(planted("README.md", f" {words}In Erewhon there were 79 victims.".encode()), SECRETS))


def test_what_is_found_twice_is_named_in_both_files(planted: Callable[[str, bytes], Path]) -> None:
    for name in ("site/a.html", "site/b.html", "site/c.html"):
        folder = planted(name, page(CLARA) if name != "site/c.html" else page(f"more, {CLARA}"))
    assert {leak.file for leak in attack(folder, SECRETS)} == {"site/a.html", "site/b.html", "site/c.html"}


def test_two_releases_share_nothing_of_closed_sources(tmp_path: Path) -> None:
    for name, digit in (("one", "a"), ("two", "b")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "graph.nq").write_text(
            f'<{ID}/ledger-2019/evidence/r-{digit * 12}> <{NS}digest> "{digit * 64}" .\n'
            f'<{ID}/tidings-2020/evidence/s1> <{NS}digest> "{"c" * 64}" .\n'
            f'<{ID}/reference/places/erewhon> <urn:a> "x" .\n'
        )
    assert not list(shared(tmp_path / "one", tmp_path / "two", SECRETS))
    with (tmp_path / "two" / "more.csv").open("w") as file:
        file.write(f"claim,said\n{ID}/ledger-2019/evidence/r-aaaaaaaaaaaa,{'a' * 64}\n")
    leaks = list(shared(tmp_path / "one", tmp_path / "two", SECRETS))
    assert len(leaks) == 2, said(leaks)
    assert {leak.file for leak in leaks} == {"graph.nq"}
