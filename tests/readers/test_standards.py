"""The standards themselves, where they are at hand: code lists and the schema of IATI, read with json and lxml."""

import json
import re
from collections import defaultdict
from pathlib import Path

from lxml import etree

from tipgraph.model import kit

from .test_real import TAKEN

NEWER = {("transactiontype", "12")}  # codes that are newer than the lists
ADDRESS = re.compile(r"<https://iatistandard\.org/en/iati-standard/\d+/codelists/([\w-]+)/#([^>]*)>")


def test_each_code_of_iati_that_a_code_of_ours_names_is_in_its_list(shared: Path) -> None:
    lists = {
        path.stem.casefold(): {str(one["code"]) for one in json.loads(path.read_text("utf-8"))["data"]}
        for path in (shared / "data" / "iati" / "codelists_2").glob("*.json")
    }
    named = defaultdict[str, set[str]](set)
    files = [(kit.folder("ontology") / name).read_text("utf-8") for name in ("codes.ttl", "iati-codes.ttl")]
    for name, code in ADDRESS.findall("".join(files)):
        named[name].add(code)
    compared = named.keys() & lists.keys()
    assert len(compared) >= 9
    assert {(name, code) for name in compared for code in named[name] - lists[name]} == NEWER


def test_the_files_follow_the_schema(shared: Path) -> None:
    folder = shared / "data"
    schema = etree.XMLSchema(etree.parse(folder / "iati" / "schema_203" / "iati-activities-schema.xsd"))
    files = [file for _, file, *_ in TAKEN if "v203" in file]
    assert {file: schema.validate(etree.parse(folder / file)) for file in files} == dict.fromkeys(files, True)
