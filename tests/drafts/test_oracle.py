"""A model that answers with the gold gives nearly all of it back: the requests offer what the claims need.

`python -m tests.drafts.test_oracle` prints what is lost, by kind.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.gold_texts import gold_text
from benchmarks.scored_claims import ScoredClaim, claims_of, is_right, names_of, pairs
from tests.drafts.test_language_model import say
from tests.remote.hostile import Asked, Handler, serving
from tests.shared import FOLDER
from tipgraph.curation.drafts.draft import DraftText, Sentence, Unit
from tipgraph.curation.drafts.language_model.chat_server import ChatServer
from tipgraph.curation.drafts.language_model.language_model import LanguageModel
from tipgraph.curation.drafts.rows.claim_rows import Span
from tipgraph.curation.drafts.words.day_words import days
from tipgraph.curation.drafts.words.figures import money, people
from tipgraph.sources import Texts

SEVEN: Final = (
    "oas-cim-2005", "oas-cim-2004", "cim-iom-caribbean-2005", "oas-atip-2007", "state-gtip-2009", "state-tip-2022",
    "state-tip-2024",
)  # fmt: skip
_ENTRY: Final = re.compile(r"(m\d+) = (.+?)(?: \{(.+)\})? \(\w+\)")


class Oracle:
    """Answers about a text with the claims of its gold, by what a request offers."""

    def __init__(self, text: DraftText, claims: Sequence[ScoredClaim]) -> None:
        self._text, self._claims = text, claims
        self._units = {self._shown(unit): unit for unit in text.units}
        self._shared = Counter(span for claim in claims for span in claim.spans)  # words of several claims tell least

    def __call__(self, handler: Handler, asked: Asked) -> None:
        request = json.loads(asked.body)
        schema = request["response_format"]["json_schema"]["schema"]["properties"]["claims"]
        if schema["type"] == "object":  # the check
            say(handler, json.dumps({"claims": dict.fromkeys(schema["properties"], "yes")}))
            return
        content = next(one["content"] for one in reversed(request["messages"]) if "<text>" in one["content"])
        unit = self._units[content.partition("<text>\n")[2].partition("\n</text>")[0]]
        entries = {match[1]: names_of([match[2], *(match[3] or "").split(", ")]) for match in _ENTRY.finditer(content)}
        kinds = {each["properties"]["kind"]["const"]: each["properties"] for each in schema["items"]["anyOf"]}
        is_second = request["messages"][-1]["content"] != content
        told = (self._answer(unit, entries, kinds[one.table], one) for one in self._claims if one.table in kinds)
        say(handler, json.dumps({"claims": [] if is_second else [one for one in told if one]}))

    def _shown(self, unit: Unit) -> str:
        return "\n".join(f"s{at} {' '.join(one.text.split())}" for at, one in enumerate(unit.sentences, 1))

    def _answer(
        self, unit: Unit, entries: Mapping[str, frozenset[str]], columns: Mapping[str, Any], claim: ScoredClaim
    ) -> dict[str, Any]:
        """Return a claim as a model answers it; nothing if no sentence of the unit says it."""
        spans = sorted(claim.spans, key=lambda span: (self._shared[span], span[1] - span[0]))
        said = [one for start, end in spans for one in unit.sentences if one.start <= start < end <= one.end]
        if not said:
            return {}
        sentences = list(dict.fromkeys([*said, *unit.sentences]))
        answer: dict[str, Any] = {"kind": claim.table, "sentence": f"s{unit.sentences.index(said[0]) + 1}"}
        used: list[Any] = []
        for name, schema in columns.items():
            values = sorted(claim.values.get(name, ()), key=repr)
            parts = []
            for value in values:
                backup = claim.spans if name in claim.main else ()
                ways = self._parts(value, schema, entries, sentences, backup)
                part = next((one for one in ways if one not in used), None)
                parts += [part] if part else []
                used += parts if not isinstance(value, str) else []
            if parts:
                answer[name] = parts if schema.get("type") == "array" else parts[0]
        return answer | dict(self._figures(sentences, claim, columns))

    def _parts(
        self, value: Any, schema: Mapping[str, Any], entries: Mapping[str, frozenset[str]],
        sentences: Sequence[Sentence], spans: Iterable[Span],
    ) -> Iterator[Any]:  # fmt: skip
        """Yield the ways to name a value, the best first: a code, the words of a date, an entry, or words for it."""
        if isinstance(value, str) and schema.get("type") != "string":
            yield value
        elif isinstance(value, str):
            yield from (
                one.text[day.start : day.end] for one in sentences for day in days(one.text) if day.edtf == value
            )
        else:
            ways = schema.get("items", schema)["anyOf"]
            fitting = ways[0].get("enum", ()) if len(ways) > 1 else ()
            yield from (name for name in fitting if not entries[name].isdisjoint(value.names))
            for places in (value.places, value.around, spans):
                yield from ({"new": words} for words in self._words(sentences, places))

    def _words(self, sentences: Sequence[Sentence], spans: Iterable[Span]) -> Iterator[str]:
        """Yield the words at places, those in the first sentences first."""
        every = sorted(spans, key=lambda span: (self._shared[span], span[1] - span[0]))
        for sentence in sentences:
            for start, end in every:
                if sentence.start <= start < end <= sentence.end:
                    yield self._text.words[start:end]

    def _figures(
        self, sentences: Sequence[Sentence], claim: ScoredClaim, columns: Mapping[str, Any]
    ) -> Iterator[tuple[str, str]]:
        """Yield the words of the figures of a claim, and any words of it for a description."""
        for words in self._words(sentences, claim.spans):
            if "amount" in claim.values:
                yield from (("amountAsPrinted", one.printed) for one in money(words)[:1])
            if "value" in claim.values:
                yield from (("valueAsPrinted", words[one.start : one.end]) for one in people(words)[:1])
            yield from ((name, words) for name in ("task", "description", "topic") if name in columns)


class Returned(NamedTuple):
    """What came back of a gold: its claims and those found by kind, those lost, the drafts, and what was dropped."""

    every: Counter[str]
    found: Counter[str]
    lost: list[ScoredClaim]
    drafts: int
    dropped: Counter[str]


@cache
def returned(name: str, texts: Path) -> Returned:
    """Return what comes back from a model that knows the gold of a text."""
    gold = gold_text(name, Texts(texts))
    claims = [one for one in claims_of(gold.gold, gold.others) if one.table != "namings"]
    with serving(Oracle(gold.text, claims)) as server:
        model = LanguageModel(ChatServer.named(f"{server.address}/v1 oracle", 60))
        scored = gold.scored(list(model.drafts(gold.text)))
    found = {claim for _, claim in pairs(scored.drafts, claims, is_right)}
    every, back = (Counter(one.table for one in each) for each in (claims, found))
    return Returned(every, back, [one for one in claims if one not in found], len(scored.drafts), model.dropped)


def test_a_model_that_knows_the_claims_gives_them_back(shared_texts: Path) -> None:
    every, found = Counter[str](), Counter[str]()
    for name in SEVEN:
        one = returned(name, shared_texts)
        every, found = every + one.every, found + one.found
    assert found.total() >= 0.95 * every.total()
    poor = {table: (found[table], number) for table, number in every.items() if found[table] < 0.75 * number}
    assert poor == {"estimates": (0, 1)}  # of a route without a name


def main() -> None:
    """Write what is lost, and what comes back by kind."""
    every, found, dropped, drafts, lines = Counter[str](), Counter[str](), Counter[str](), 0, []
    for name in SEVEN:
        one = returned(name, FOLDER / "sources")
        every, found, dropped = every + one.every, found + one.found, dropped + one.dropped
        drafts += one.drafts
        lines += [f"{name} {sorted(claim.sentences)} {claim.table} {dict(claim.values)}" for claim in one.lost]
    lines += [f"{table:22} {found[table]:4} of {number:4}" for table, number in every.most_common()]
    share = found.total() / every.total()
    lines.append(f"{found.total()} of {every.total()} = {share:.3f}; {drafts} drafts; {dict(dropped)}")
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
