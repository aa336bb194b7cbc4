"""No draft, no saved row and no release holds the name of a person; names of organizations come whole.

The sentences, the names and the rules of matching are by somebody who has not seen the code. All persons are invented.
"""

import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from tests.drafts.conftest import new_place
from tests.drafts.own_text import own_text
from tests.drafts.test_language_model import kinds_of, model, say, text_of
from tests.remote.hostile import Asked, Handler, serving
from tipgraph.curation.drafts.draft import Draft, Drafter, DraftText
from tipgraph.curation.drafts.language_model.questions import asked_columns, instructions
from tipgraph.curation.drafts.person_gate import PersonGate
from tipgraph.curation.drafts.rules.drafter import Rules
from tipgraph.errors import InputError
from tipgraph.model import ontology
from tipgraph.outputs.release import read_policy, release
from tipgraph.pipeline import build
from tipgraph.sources import Gate, gate_of, with_reference

HERE: Final = Path(__file__).parent
_NO_NAME = frozenset({
    "ato", "mst", "md", "ma", "smt", "rt", "ro", "mr", "mrs", "ms", "dr", "sr", "sra", "dra", "col", "madam", "mama",
    "al", "bin", "binti", "wa", "de", "dos", "van", "der", "del", "abd", "da", "do", "la", "le", "el", "the", "and",
    "von", "ing", "hon", "rev", "st", "san", "santa", "sister", "justice", "doña", "don",
})  # fmt: skip
_AMBIGUOUS = frozenset({
    "april", "summers", "sultan", "hope", "grace", "paz", "cruz", "angel", "luz", "binh", "mercy", "joy", "santiago",
    "victoria",
})  # fmt: skip


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


PEOPLE: Final = rows("person_sentences.csv")
BODIES: Final = rows("hostile_names.csv")


def folded(text: str) -> str:
    """Return a text in small letters without accents, with spaces in place of marks."""
    plain = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("đ", "d").replace("Đ", "D"))
    return " ".join(re.findall(r"\w+", "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold()))


def parts(row: Mapping[str, str]) -> set[str]:
    """Return the words that tell who a person of a sentence is, and the whole names."""
    names = [folded(name) for name in row["names"].split(" | ")]
    rest = f" {folded(row['sentence'])} "
    for name in (*names, *map(folded, bodies(row))):
        rest = rest.replace(f" {name} ", " ")
    known = {word for name in names for word in name.split() if len(word) > 2 and not word.isdigit()}
    return {*names, *(known - _NO_NAME - _AMBIGUOUS - set(rest.split()))}


def bodies(row: Mapping[str, str]) -> list[str]:
    return [name for name in row["organizations"].split(" | ") if name]


def hits(row: Mapping[str, str], cell: str) -> list[str]:
    """Return the parts of the names of persons that a cell holds, once whole organizations are taken out."""
    words = f" {folded(re.sub(r'[-_%/]', ' ', cell))} "
    for name in sorted(map(folded, bodies(row)), key=len, reverse=True):
        words = words.replace(f" {name} ", " ")
    return sorted(part for part in parts(row) if f" {part} " in words)


def shown(drafter: Drafter, text: DraftText) -> list[Draft]:
    """Return the drafts of a text that a person would see."""
    gate = PersonGate(text)
    return [passed for draft in drafter.drafts(text) if (passed := gate.passed(draft))]


def cells(draft: Draft) -> Iterator[str]:
    yield from draft.cells.values()
    for entry in draft.entries:
        yield from entry.cells.values()


def leaks(drafts: Iterable[Draft], about: Iterable[Mapping[str, str]]) -> list[str]:
    people = list(about)
    return [
        f"{row['id']} {draft.producers[0]} {draft.table}: {cell!r} holds {found}"
        for draft in drafts
        for cell in cells(draft)
        for row in people
        if row["sentence"][:40] in draft.quote or draft.quote in row["sentence"]
        if (found := hits(row, cell))
    ]


@pytest.fixture(scope="module")
def rules() -> Rules:
    found = Rules()
    if found.notice:
        pytest.skip(found.notice)
    return found


def joint() -> str:
    return "\n\n".join(row["sentence"] for pair in zip(BODIES, [*PEOPLE, *PEOPLE[:8]], strict=True) for row in pair)


def test_rules_draft_no_person_from_a_sentence_alone(rules: Rules) -> None:
    found = [leak for row in PEOPLE for leak in leaks(shown(rules, own_text(row["sentence"])), [row])]
    assert found == []


def test_rules_draft_no_person_from_all_sentences_together(rules: Rules) -> None:
    assert leaks(shown(rules, own_text(joint())), PEOPLE) == []


def temptations(sentence: str, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield claims with a name in every cell that takes words: alone, as a part, and with the words beside it."""
    for name in names:
        for mention in dict.fromkeys(mentions(sentence, name)):
            for table, columns in _worded().items():
                for column, other in zip(columns, [*columns[1:], columns[0]], strict=True):
                    if column != other:
                        yield claim_of(table, {column: mention, other: beside(sentence, mention)})


def claim_of(table: str, words: Mapping[str, str]) -> dict[str, Any]:
    """Return a claim as a model answers it, with words in some columns."""
    columns = asked_columns(ontology(), table)
    told = {name: {"new": word} if columns[name].refers else word for name, word in words.items()}
    parts = {name: [part] if columns[name].many and columns[name].refers else part for name, part in told.items()}
    return {"kind": table, "sentence": "s1", **parts}


@cache
def _worded() -> dict[str, list[str]]:
    """Return the columns of each table that a model fills with words, and not with codes."""
    known = {table: asked_columns(ontology(), table) for table in instructions()["kinds"]}
    return {table: [name for name, column in columns.items() if not column.scheme] for table, columns in known.items()}


def mentions(sentence: str, name: str) -> Iterator[str]:
    yield name
    yield from (word for word in re.findall(r"[^\W\d_][\w'’-]+", name) if folded(word) not in _NO_NAME)
    start = sentence.find(name)
    end = start + len(name)
    for count in (1, 2, 4):
        before, after = sentence[:start].split()[-count:], sentence[end:].split()[:count]
        yield sentence[max(sentence.rfind(" ".join(before), 0, start), 0) : end]
        yield sentence[start : end + len(" ".join(after)) + 1].rstrip(" .,;:()")


def beside(sentence: str, mention: str) -> str:
    """Return another capitalised word of a sentence."""
    return next((word for word in re.findall(r"[A-Z]\w+", sentence) if word not in mention), sentence.split()[0])


def asked_sentence(asked: Asked) -> str:
    return text_of(asked).partition(" ")[2]


def tempted(handler: Handler, asked: Asked) -> None:
    """Answer with every temptation that a sentence allows."""
    sentence = asked_sentence(asked)
    names = {name for row in PEOPLE if sentence[-40:] in row["sentence"] for name in row["names"].split(" | ")}
    claims = temptations(sentence, sorted(filter(sentence.__contains__, names)))
    say(handler, json.dumps({"claims": [claim for claim in claims if claim["kind"] in kinds_of(asked)]}))


def test_a_model_that_names_persons_everywhere_drafts_none() -> None:
    with serving(tempted) as bad:
        drafter, drafts, found = model(bad), 0, []
        for row in PEOPLE:
            passed = shown(drafter, own_text(row["sentence"]))
            drafts += len(passed)
            found += leaks(passed, [row])
    assert found == []
    assert drafts > 1000  # of the words beside the names


def naming(handler: Handler, asked: Asked) -> None:
    """Answer that the body of a sentence organizes a training, or that the place has one."""
    name = asked_sentence(asked).removeprefix("A training was held in ").removesuffix(".")
    claims = [
        claim_of("participations", {"participant": name, "undertaking": "training"}) | {"role": "organizer"},
        claim_of("undertaking-reports", {"undertaking": "training", "place": name}),
    ]
    say(handler, json.dumps({"claims": [claim for claim in claims if claim["kind"] in kinds_of(asked)]}))


def test_a_name_of_a_body_comes_whole_or_not_at_all_through_a_model() -> None:
    whole, cut = set(), []
    with serving(naming) as bad:
        drafter = model(bad)
        for row in BODIES:
            drafts = shown(drafter, own_text(f"A training was held in {row['name']}."))
            found = [draft.cells.get("participant") or draft.cells.get("place", "") for draft in drafts]
            is_whole = [cell in row["name"] and len(row["name"]) - len(cell) < 5 for cell in found]
            entries = {cell for cell in found if re.fullmatch(r"[a-z0-9-]+/(actors|places)/.*", cell)}  # of the data
            whole |= {row["id"]} if any(is_whole) or entries else set()
            cut += [cell for cell, known in zip(found, is_whole, strict=True) if not known and cell not in entries]
    assert cut == []
    assert len(whole) >= 50  # of 68; one unknown word, as "Ruhama" is, may be a person, and a reader adds it


@cache
def gate() -> Gate:
    return gate_of(with_reference(), ontology())


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row["id"])
def test_a_row_with_the_sentence_is_a_finding(row: Mapping[str, str]) -> None:
    concerns = gate().row("draft-test", "activities", {"description": row["sentence"]})
    assert any(hits(row, concern.found.text) for concern in concerns)


def test_few_names_alone_are_no_finding() -> None:
    """A nickname, the name before an address of e-mail, and a name of a child whose words are those of a month."""
    names = {name for row in PEOPLE for name in row["names"].split(" | ")}
    missed = {
        name for name in names if not gate().row("draft-test", "activities", {"description": f"return of {name}"})
    }
    assert missed <= {"La Güera", "hoabinh.nguyen", "Jun-Jun"}


def test_few_names_of_bodies_ask_for_an_answer() -> None:
    labels = [row["name"] for row in BODIES if "place" not in row["kind"]]
    asking = [name for name in labels if gate().row("draft-test", "actors", {"label": name})]
    assert set(asking) <= {"Mary Ward Loreto", "Ban Ying", "Chab Dai", "Atina"}


def test_a_release_of_all_these_rows_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = new_place(tmp_path).data
    table = data / "harbour-2020" / "actors.csv"
    with table.open("a", encoding="utf-8", newline="") as file:
        rows = [[f"b{number}", "Organization", f"Harbour Group {number}"] for number, _ in enumerate(PEOPLE)]
        csv.writer(file, lineterminator="\n").writerows(rows)
    with table.open(encoding="utf-8", newline="") as file:
        header, *known = csv.reader(file)
    notes = {row[0]: re.sub(r"\S+@\S+", "", person["sentence"]) for row, person in zip(rows, PEOPLE, strict=True)}
    with table.open("w", encoding="utf-8", newline="") as file:
        told = [[*row, *[""] * (len(header) - len(row)), notes.get(row[0], "")] for row in known]
        csv.writer(file, lineterminator="\n").writerows([[*header, "note"], *told])
    (tmp_path / "policy.toml").write_text('[sources]\nharbour-2020 = "words"\n', "utf-8")
    monkeypatch.setattr("tipgraph.model.kit.data", lambda: data)
    with pytest.raises(InputError) as refusal:
        release(build(data), tmp_path / "out", read_policy(tmp_path / "policy.toml"), formats=())
    refused = " ".join(map(str, refusal.value.faults))
    assert [row["id"] for row in PEOPLE if not hits(row, refused)] == []
    assert not (tmp_path / "out").exists()
