"""The findings about numbers, in the words of a language."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations, islice
from math import comb
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from tipgraph.analysis.estimates import Drift, Numbers, Pair
from tipgraph.analysis.estimates.estimate import FIELDS, STAGE, Mention
from tipgraph.analysis.estimates.likeness import EstimateChange, EstimateDifference, agreement
from tipgraph.analysis.estimates.lineage import Family
from tipgraph.graph import Graph
from tipgraph.model import CODE, runs, tip, words

_FEW: Final = 12  # numbers that are listed one by one and in pairs; contradictions that are listed of more numbers
_SHORT: Final = 4  # numbers that follow each other, and are named one by one
_MANY: Final = 200  # numbers in which contradictions are searched for
_HEDGE: Final = CODE + "hedge-"
_PROPERTIES: Final = (*FIELDS, "origin", "destination")


class Phrases:
    """The numbers of a thing in words; each number is named by its position in the list, from 1."""

    def __init__(self, graph: Graph, numbers: Numbers, language: str = "en") -> None:
        """Read all labels."""
        self.language = language
        self._numbers = numbers
        self._phrases = _phrases()[language]
        self._position = {estimate.claim: str(place) for place, estimate in enumerate(numbers.mentions, 1)}
        nodes = {
            NamedNode(value)
            for estimate in numbers.mentions
            for values in (*estimate.fields.values(), {end.value for ends in estimate.ends.values() for end in ends})
            for value in values
            if value.startswith("http")
        }
        hedges = {NamedNode(_HEDGE + estimate.hedge) for estimate in numbers.mentions}
        properties = {NamedNode(tip.NAMESPACE + name) for name in _PROPERTIES} | {NamedNode(f"{STAGE}transit")}
        labels = graph.labels([*nodes, *hedges, *properties, numbers.thing], language)
        self._labels: dict[str, str] = {node.value: label for node, label in labels.items()}

    def headline(self) -> str:
        """Return the name of the thing, and the numbers of mentions, roots and circles."""
        circles = len(self._numbers.lineage.circles)
        thing, mentions = self._numbers.thing, self._numbers.mentions
        every, own = len(mentions), sum(mention.subject == thing for mention in mentions)
        around = f" ({self.say('own', n=str(own), around=str(every - own))})" if every > own else ""
        counts = [self._count(every, "mention") + around, self._count(self._numbers.roots, "root")]
        counts += [self._count(circles, "circle")] * bool(circles)
        return f"{self._labels.get(thing.value, thing.value)}: {', '.join(counts)}"

    def families(self) -> list[str]:
        """Return a line for each lineage; many lone numbers share one line."""
        families = self._numbers.lineage.families
        alone = [claim for family in families if family.is_alone for claim in family.mentions]
        if len(alone) <= _FEW:
            return [self.family(family) for family in families]
        tied = [self.family(family) for family in families if not family.is_alone]
        mentions = self._count(len(alone), "mention")
        return [*tied, self.say("alone all", all=self.numbers(alone), mentions=mentions)]

    def family(self, family: Family) -> str:
        """Return a line on a lineage: its mentions and its roots."""
        every, mentions = self.numbers(family.mentions), self._count(len(family.mentions), "mention")
        circle = {claim for ring in family.circles for claim in ring}
        if family.is_alone:
            return self.say("alone", one=every)
        if circle.issuperset(family.mentions):
            return self.say("circular", all=every, mentions=mentions)
        roots, begin = self._count(len(family.roots), "root"), self.numbers(family.roots)
        round_ = self.say("circular with", all=self.numbers(circle)) if circle else ""
        return self.say("family", all=every, mentions=mentions, roots=roots, begin=begin or "–") + round_

    def drift(self, drift: Drift) -> str:
        """Return a line on the changes of a number to the one that it repeats."""
        left, right = self._position[drift.restating.claim], self._position[drift.restated.claim]
        changed = "; ".join(map(self.change, drift.changes)) or self._phrases["nothing changed"]
        times = self._times(drift)
        doubt = [] if drift.supported else [self.say("unsupported", other=right)]
        return f"{self.say('again', one=left, other=right)}: {'; '.join([changed, *times, *doubt])}"

    def figure(self, estimate: Mention) -> str:
        """Return a number in short, as `about 1,700 victims`."""
        bound = [self._value("bound", estimate.hedge)] if estimate.hedge != "exact" else []
        value = estimate.figure or self._phrases["unsaid"]
        return " ".join([*bound, value, self._values("population", estimate.fields["population"])])

    def change(self, change: EstimateChange) -> str:
        """Return a change, as `population: victims → women`."""
        how = self._phrases[change.how]
        before, after = self._values(change.field, change.before), self._values(change.field, change.after)
        return f"{self._field(change.field)}: {before} → {after}" + (f" ({how})" if how else "")

    def pair(self, pair: Pair) -> str:
        """Return a line on two numbers: the verdict, with differences, and whether they are independent."""
        verdict = self.say(pair.verdict, why=", ".join(map(self.difference, pair.differences)))
        return f"{self.numbers([pair.left.claim, pair.right.claim])}: {verdict}; {self._phrases[pair.kin]}"

    def compared(self) -> list[str]:
        """Return the verdicts on all pairs; of many numbers, only on some that contradict each other."""
        numbers = self._numbers
        if len(numbers.mentions) <= _FEW:
            pairs = list(map(self.pair, numbers.pairs()))
            return [*pairs, self.say("no contradiction" if pairs else "no two")]
        alike = (two for group in numbers.groups for two in combinations(group[:_MANY], 2))
        against = (numbers.pair(*two) for two in alike if agreement(*two) == "contradict")
        return [*map(self.pair, islice(against, _FEW)), self.say("listed", n=f"{comb(len(numbers.mentions), 2):,}")]

    def say(self, name: str, **values: str) -> str:
        """Return a phrase with values filled in."""
        return self._phrases[name].format(**values)

    def difference(self, difference: EstimateDifference) -> str:
        """Return a difference, as `measure (flow / stock)`."""
        left, right = self._values(difference.field, difference.left), self._values(difference.field, difference.right)
        how = self._phrases[difference.kind] if difference.kind in ("part", "whole") else ""
        same = left == right
        return f"{self._field(difference.field)} ({left if same else f'{left} / {right}'}{f'; {how}' if how else ''})"

    def numbers(self, claims: Iterable[NamedNode]) -> str:
        """Return the names of numbers, as `1, 3 and 5–9`."""
        names = list[str]()
        for begin, end in runs(sorted({int(self._position[claim]) for claim in claims})):
            is_long = end - begin >= _SHORT
            names += [f"{begin}–{end}"] if is_long else map(str, range(begin, end + 1))
        last = f" {self._phrases['and']} "
        return last.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)

    def _times(self, drift: Drift) -> list[str]:
        left, right = drift.restating.value, drift.restated.value
        if drift.supported or not left or not right or left < 2 * right:
            return []
        return [self.say("times", n=f"{round(left / right):,}")]

    def _count(self, number: int, noun: str) -> str:
        if number == 0 and noun == "root":
            return self._phrases["no root"]
        return self._phrases[noun] if number == 1 else self.say(f"{noun}s", n=str(number))

    def _field(self, name: str) -> str:
        own = {"value": "values", "bound": "bound", "place": "place"}
        if name in own:
            return self._phrases[own[name]]
        return self._labels.get(tip.NAMESPACE + name) or self._labels.get(STAGE + name, name)

    def _values(self, name: str, values: Iterable[str]) -> str:
        return ", ".join(sorted(self._value(name, value) for value in values)) or self._phrases["unsaid"]

    def _value(self, name: str, value: str) -> str:
        if name == "date":
            return words(value, self.language)
        return self._labels.get(_HEDGE + value if name == "bound" else value, value)


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    with Path(__file__).with_name("words.toml").open("rb") as file:
        return tomllib.load(file)
