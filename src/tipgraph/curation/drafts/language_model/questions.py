"""The questions about a unit: the instructions with four examples, and a JSON schema that is made for the request.

Arguments are numbers of entries, or new words; evidence is the number of a sentence. Codes are of their lists.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from tipgraph.curation.drafts.draft import DraftText, Unit
from tipgraph.curation.drafts.language_model.chat_server import Message
from tipgraph.curation.drafts.language_model.offered_entries import Offered
from tipgraph.model import Column, Ontology, kit

INSTRUCTIONS: Final = kit.code("curation/drafts/language_model") / "instructions.toml"
_LONGEST_WORDS, _MOST_NAMES, _MOST_CLAIMS = 200, 12, 40
_TITLE = 300  # characters
_CHECKS = ["yes", "partly", "no"]  # whether words say a claim


@cache
def instructions() -> Mapping[str, Any]:
    """Return the instructions."""
    return tomllib.loads(INSTRUCTIONS.read_text("utf-8"))


def asked_columns(terms: Ontology, table: str) -> dict[str, Column]:
    """Return the columns of a table that a model fills, by name."""
    columns = terms.columns(terms.tables[table])
    return {name: columns[name] for name in instructions()["kinds"][table]["columns"]}


@dataclass(frozen=True)
class Question:
    """A question on some kinds of claims."""

    name: str
    tables: tuple[str, ...]

    @property
    def opening(self) -> list[Message]:
        """The instructions, and the examples as a conversation."""
        kinds = [f"- {table}: {_told(instructions()['kinds'][table])}" for table in self.tables]
        opening: list[Message] = [
            {"role": "system", "content": "\n".join([instructions()["system"].strip(), "The kinds:", *kinds])}
        ]
        for example in self.examples:
            opening.append({"role": "user", "content": _content((), example["entries"], example["text"])})
            opening.append({"role": "assistant", "content": f'{{"claims": {example["claims"]}}}'})
        return opening

    @property
    def examples(self) -> list[Mapping[str, str]]:
        """The examples: plain, a list, planned or denied, and empty."""
        return [example for example in instructions()["examples"] if self.name in example["questions"]]

    def schema(self, terms: Ontology, unit: Unit, offered: Mapping[str, Offered]) -> dict[str, Any]:
        """Return the JSON schema of an answer: a list of claims, each of one of the kinds."""
        sentence = {"enum": [f"s{number}" for number, _ in enumerate(unit.sentences, 1)]}
        kinds = []
        for table in self.tables:
            columns = asked_columns(terms, table)
            parts = {name: _part(terms, column, offered) for name, column in columns.items()}
            optional = [name for name, column in columns.items() if not column.needed]
            kinds.append(_record({"kind": {"const": table}, "sentence": sentence, **parts}, optional))
        return _record({"claims": {"type": "array", "maxItems": _MOST_CLAIMS, "items": {"anyOf": kinds}}})


def questions(*, is_small: bool) -> list[Question]:
    """Return the short questions for a small model, or one on all kinds of claims."""
    short = [Question(name, tuple(tables)) for name, tables in instructions()["questions"].items()]
    return short if is_small else [Question("all", tuple(table for one in short for table in one.tables))]


def content_of(text: DraftText, unit: Unit, offered: Mapping[str, Offered]) -> str:
    """Return what is asked about a unit: its sentences with their numbers, the entries, and what stands around."""
    about = text.source.about
    lines = [
        f"Document: {_inert(about.get('title', ''))[:_TITLE]}",
        f"Period: {_inert(about.get('period') or about.get('issued', ''))}",
        f"Headings: {_inert(' / '.join(unit.headings))}",
        f"Before: {_inert(' '.join(one.text for one in unit.before))}",
    ]
    entries = "\n".join(f"{name} = {_inert(one.told)}" for name, one in offered.items())
    return _content(lines, entries, "\n".join(f"s{n} {_inert(one.text)}" for n, one in enumerate(unit.sentences, 1)))


def check_of(claims: Sequence[tuple[str, str]]) -> tuple[list[Message], dict[str, Any]]:
    """Return the question whether words say some claims, each as a sentence with its words; and its schema."""
    told = "\n".join(
        f"c{at} {_inert(reads)}\n<text>{_inert(quote)}</text>" for at, (reads, quote) in enumerate(claims, 1)
    )
    messages = [{"role": "system", "content": instructions()["check"].strip()}, {"role": "user", "content": told}]
    answers = {f"c{at}": {"enum": _CHECKS} for at, _ in enumerate(claims, 1)}
    return [*messages], _record({"claims": _record(answers)})


def is_denied(answer: Any, at: int) -> bool:
    """Tell whether an answer to `check_of` says that words do not say a claim; the first one is at 1."""
    return isinstance(answer, dict) and answer.get(f"c{at}") == _CHECKS[-1]


def objects(words: str, name: str) -> Any:
    """Return a part of an answer in JSON; None for another form. A model may put its answer into a fence."""
    bare = words.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        answer = json.loads(bare)
    except (ValueError, RecursionError):
        return None
    return answer.get(name) if isinstance(answer, dict) else None


def _record(properties: Mapping[str, Any], optional: Sequence[str] = ()) -> dict[str, Any]:
    """Return the schema of an object with these properties and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _inert(words: str) -> str:
    """Return words on one line, without the marks that delimit the text."""
    return " ".join(re.sub(r"</?\s*text\s*>", " ", words, flags=re.IGNORECASE).split())


def _told(kind: Mapping[str, Any]) -> str:
    columns = (f"{name} ({about})" if about else name for name, about in kind["columns"].items())
    return f"{kind['about']}. Columns: {', '.join(columns)}."


def _content(lines: Sequence[str], entries: str, text: str) -> str:
    return "\n".join([*lines, "Entries:", entries, "<text>", text, "</text>"])


def _part(terms: Ontology, column: Column, offered: Mapping[str, Offered]) -> dict[str, Any]:
    """Return the schema of a part of a claim: the number of an entry that fits or new words, a code, or words."""
    words = {"type": "string", "maxLength": _LONGEST_WORDS}
    if column.refers:
        names = [name for name, one in offered.items() if one.fits(terms, column.refers)]
        one: dict[str, Any] = {"anyOf": [*([{"enum": names}] if names else []), _record({"new": words})]}
    else:
        one = {"enum": sorted(terms.codes[column.scheme])} if column.scheme else words
    is_list = column.many and (column.refers or column.scheme)
    return {"type": "array", "minItems": 1, "maxItems": _MOST_NAMES, "items": one} if is_list else one
