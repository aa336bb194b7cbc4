"""The questions about a unit: the instructions with four examples, and a JSON schema that is made for the request.

Arguments are numbers of entries, or new words; evidence is the number of a sentence. Codes are of their lists.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.curation.drafts.language_model.chat_server import Message
from tipgraph.curation.drafts.language_model.offered_entries import Offered
from tipgraph.curation.drafts.language_model.units import Unit
from tipgraph.model import Column, Ontology, kit

INSTRUCTIONS: Final = kit.code("curation/drafts/language_model") / "instructions.toml"
_LONGEST_WORDS, _MOST_NAMES, _MOST_CLAIMS = 200, 12, 40
_TITLE = 300  # characters


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
        kinds = (f"- {table}: {_told(instructions()['kinds'][table])}" for table in self.tables)
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
        names = [f"s{number}" for number, _ in enumerate(unit.sentences, 1)]
        kinds = [_claim(terms, table, names, offered) for table in self.tables]
        return record({"claims": {"type": "array", "maxItems": _MOST_CLAIMS, "items": {"anyOf": kinds}}})


def questions(*, is_small: bool) -> list[Question]:
    """Return the short questions for a small model, or one on all kinds of claims."""
    short = [Question(name, tuple(tables)) for name, tables in instructions()["questions"].items()]
    return short if is_small else [Question("all", tuple(table for one in short for table in one.tables))]


def content_of(text: DraftText, unit: Unit, offered: Mapping[str, Offered]) -> str:
    """Return what is asked about a unit: its sentences with their numbers, the entries, and what stands around."""
    about = text.source.about
    lines = [
        f"Document: {inert(about.get('title', ''))[:_TITLE]}",
        f"Period: {inert(about.get('period') or about.get('issued', ''))}",
        f"Headings: {inert(' / '.join(unit.headings))}",
        f"Before: {inert(' '.join(one.text for one in unit.before))}",
    ]
    entries = "\n".join(f"{name} = {inert(one.told)}" for name, one in offered.items())
    return _content(lines, entries, "\n".join(f"s{n} {inert(one.text)}" for n, one in enumerate(unit.sentences, 1)))


def record(properties: Mapping[str, Any], optional: Sequence[str] = ()) -> dict[str, Any]:
    """Return the schema of an object with these properties and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def inert(words: str) -> str:
    """Return words on one line, without the marks that delimit the text."""
    return " ".join(re.sub(r"</?\s*text\s*>", " ", words, flags=re.IGNORECASE).split())


def objects(words: str, name: str) -> Any:
    """Return a part of an answer in JSON; None for another form. A model may put its answer into a fence."""
    bare = words.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        answer = json.loads(bare)
    except (ValueError, RecursionError):
        return None
    return answer.get(name) if isinstance(answer, dict) else None


def _told(kind: Mapping[str, Any]) -> str:
    columns = (f"{name} ({about})" if about else name for name, about in kind["columns"].items())
    return f"{kind['about']}. Columns: {', '.join(columns)}."


def _content(lines: Sequence[str], entries: str, text: str) -> str:
    return "\n".join([*lines, "Entries:", entries, "<text>", text, "</text>"])


def _claim(terms: Ontology, table: str, sentences: Sequence[str], offered: Mapping[str, Offered]) -> dict[str, Any]:
    columns = asked_columns(terms, table)
    parts = {name: _part(terms, column, offered) for name, column in columns.items()}
    optional = [name for name, column in columns.items() if not column.needed]
    return record({"kind": {"const": table}, "sentence": {"enum": [*sentences]}, **parts}, optional)


def _part(terms: Ontology, column: Column, offered: Mapping[str, Offered]) -> dict[str, Any]:
    one = {"anyOf": [*_fitting(terms, column, offered)]} if column.refers else _text(terms, column)
    is_list = column.many and (column.refers or column.scheme)
    return {"type": "array", "minItems": 1, "maxItems": _MOST_NAMES, "items": one} if is_list else one


def _fitting(terms: Ontology, column: Column, offered: Mapping[str, Offered]) -> Iterator[dict[str, Any]]:
    """Yield the two ways to name an entry: the number of one that fits, or words."""
    if names := [name for name, one in offered.items() if one.fits(terms, column.refers)]:
        yield {"enum": names}
    yield record({"new": {"type": "string", "maxLength": _LONGEST_WORDS}})


def _text(terms: Ontology, column: Column) -> dict[str, Any]:
    if column.scheme:
        return {"enum": sorted(terms.codes[column.scheme])}
    return {"type": "string", "maxLength": _LONGEST_WORDS}
