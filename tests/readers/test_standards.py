"""The standards themselves, where they are at hand: code lists and the schema of IATI, read with json and lxml."""

import json
import re
from collections import defaultdict
from pathlib import Path

from lxml import etree

from .reread.files import COMPARED as FILES
from .reread.iati_rows import COMPARED
from .reread.nodes import ONTOLOGY

NEWER = {("transactiontype", "12")}  # codes that are newer than the lists
ADDRESS = re.compile(r"<https://iatistandard\.org/en/iati-standard/\d+/codelists/([\w-]+)/#([^>]*)>")


def test_each_code_of_iati_that_a_code_of_ours_names_is_in_its_list(shared: Path) -> None:
    lists = {
        path.stem.casefold(): {str(one["code"]) for one in json.loads(path.read_text("utf-8"))["data"]}
        for path in (shared / "data" / "iati" / "codelists_2").glob("*.json")
    }
    named = defaultdict[str, set[str]](set)
    files = [(ONTOLOGY / name).read_text("utf-8") for name in ("codes.ttl", "iati-codes.ttl")]
    for name, code in ADDRESS.findall("".join(files)):
        named[name].add(code)
    compared = named.keys() & lists.keys()
    assert len(compared) >= 9
    assert {(name, code) for name in compared for code in named[name] - lists[name]} == NEWER


def test_the_files_follow_the_schema_whose_elements_the_second_reading_compares(shared: Path) -> None:
    folder = shared / "data" / "iati"
    tree = etree.parse(folder / "schema_203" / "iati-activities-schema.xsd")
    schema = etree.XMLSchema(tree)
    files = [file for file in FILES if "v203" in file]
    assert {file: schema.validate(etree.parse(folder.parent / file)) for file in files} == dict.fromkeys(files, True)
    assert {element.get("name") or element.get("ref") for element in tree.iter("{*}element")} >= COMPARED
