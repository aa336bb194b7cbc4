"""What is found of numbers, in the words of a language."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations, islice
from math import comb
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from tipgraph.analysis.estimates import Drift, EstimateChange, EstimateDifference, Family, Mention, Numbers, Pair, Sum
from tipgraph.analysis.estimates.estimate import STAGE
from tipgraph.analysis.estimates.likeness import agreement
from tipgraph.graph import Graph
from tipgraph.model import tip, words

_FEW: Final = 12  # numbers that are named two by two, or one by one; and contradictions among more
_MANY: Final = 200  # numbers among which contradictions are looked for
_HEDGE: Final = "https://w3id.org/tipgraph/code#hedge-"
_PROPERTIES: Final = (
    "measure",
    "basis",
    "unit",
    "per",
    "date",
    "population",
    "sex",
    "age",
    "form",
    "origin",
    "destination",
)


class Phrases:
    """The numbers of a thing in words; each number is called by its place in the list, from 1."""

    def __init__(self, graph: Graph, found: Numbers, language: str = "en") -> None:
        """Look all labels up at once."""
        self.language = language
        self._found = found
        self._said = _phrases()[language]
        self._number = {one.claim: str(place) for place, one in enumerate(found.mentions, 1)}
        nodes = {
            NamedNode(value)
            for one in found.mentions
            for values in (*one.fields.values(), {end.value for ends in one.ends.values() for end in ends})
            for value in values
            if value.startswith("http")
        }
        hedges = {NamedNode(_HEDGE + one.hedge) for one in found.mentions}
        properties = {NamedNode(tip.NAMESPACE + name) for name in _PROPERTIES} | {NamedNode(f"{STAGE}transit")}
        labels = graph.labels([*nodes, *hedges, *properties, found.thing], language)
        self._labels: dict[str, str] = {node.value: label for node, label in labels.items()}

    def headline(self) -> str:
        """Say of how many mentions and roots the numbers are, after the name of the thing."""
        circles = len(self._found.lineage.circles)
        every, own = len(self._found.mentions), sum(one.subject == self._found.thing for one in self._found.mentions)
        around = f" ({self.say('own', n=str(own), around=str(every - own))})" if every > own else ""
        counts = [self._count(every, "mention") + around, self._count(self._found.roots, "root")]
        counts += [self._count(circles, "circle")] * bool(circles)
        return f"{self._labels.get(self._found.thing.value, self._found.thing.value)}: {', '.join(counts)}"

    def families(self) -> list[str]:
        """Say which mentions hang together and on how many roots they stand; many lone ones are named at once."""
        alone = [one for one in self._found.lineage.families if len(one.mentions) == 1 and not one.circles]
        if len(alone) <= _FEW:
            return [self.family(one) for one in self._found.lineage.families]
        every = self.numbers(claim for one in alone for claim in one.mentions)
        mentions = self._count(len(alone), "mention")
        tied = [self.family(one) for one in self._found.lineage.families if one not in alone]
        return [*tied, self.say("alone all", all=every, mentions=mentions)]

    def family(self, one: Family) -> str:
        """Say of one lineage which mentions hang together, and on how many roots they stand."""
        every, mentions = self.numbers(one.mentions), self._count(len(one.mentions), "mention")
        circle = {claim for ring in one.circles for claim in ring}
        if not circle and len(one.mentions) == 1:
            return self.say("alone", one=every)
        if circle.issuperset(one.mentions):
            return self.say("circular", all=every, mentions=mentions)
        roots, begin = self._count(len(one.roots), "root"), self.numbers(one.roots)
        round_ = self.say("circular with", all=self.numbers(circle)) if circle else ""
        return self.say("family", all=every, mentions=mentions, roots=roots, begin=begin or "–") + round_

    def drift(self, one: Drift) -> str:
        """Say what a number changed of the one that it says again."""
        left, right = self._number[one.restating.claim], self._number[one.restated.claim]
        changed = "; ".join(map(self.change, one.changes)) or self._said["nothing changed"]
        times = self._times(one)
        doubt = [] if one.supported else [self._said["unsupported"].format(other=right)]
        return f"{self._said['again'].format(one=left, other=right)}: {'; '.join([changed, *times, *doubt])}"

    def figure(self, one: Mention) -> str:
        """Return a number in short, as `about 1,700 victims`."""
        bound = [self._value("bound", one.hedge)] if one.hedge != "exact" else []
        value = one.figure or self._said["unsaid"]
        return " ".join([*bound, value, self._values("population", one.fields["population"])])

    def change(self, one: EstimateChange) -> str:
        """Say one change, as `population: victims → women`."""
        how = self._said[one.how]
        before, after = self._values(one.field, one.before), self._values(one.field, one.after)
        return f"{self._field(one.field)}: {before} → {after}" + (f" ({how})" if how else "")

    def pair(self, one: Pair) -> str:
        """Say whether two numbers can be compared, or why not, and whether they are independent."""
        verdict = self._said[one.verdict].format(why=", ".join(map(self.difference, one.differences)))
        return f"{self.numbers([one.left.claim, one.right.claim])}: {verdict}; {self._said[one.kin]}"

    def compared(self) -> list[str]:
        """Say the verdicts on every two; where there are many, only of those that can be compared."""
        every = comb(len(self._found.mentions), 2)
        if len(self._found.mentions) <= _FEW:
            return (
                [*map(self.pair, self._found.pairs()), self.say("no contradiction")] if every else [self.say("no two")]
            )
        lines = [line for group in self._found.groups if group[1:] for line in self._grouped(group)]
        return [*lines, self.say("listed", n=f"{every:,}")]

    def _grouped(self, group: Sequence[Mention]) -> list[str]:
        """Say of numbers that can be compared what each two are, or of many which contradict each other."""
        pairs = list(combinations(group[:_MANY], 2))
        if len(group) <= _FEW:
            return [self.pair(self._found.pair(*two)) for two in pairs]
        against = (self._found.pair(*two) for two in pairs if agreement(*two) == "contradict")
        every = self.numbers(one.claim for one in group)
        return [self.say("comparable", all=every), *map(self.pair, islice(against, _FEW))]

    def say(self, name: str, **values: str) -> str:
        """Return one of the phrases."""
        return self._said[name].format(**values)

    def difference(self, one: EstimateDifference) -> str:
        """Say one difference, as `measure (flow / stock)`."""
        left, right = self._values(one.field, one.left), self._values(one.field, one.right)
        how = self._said[one.kind] if one.kind in ("part", "whole") else ""
        same = left == right
        return f"{self._field(one.field)} ({left if same else f'{left} / {right}'}{f'; {how}' if how else ''})"

    def sum(self, one: Sum) -> str:
        """Offer a sum, with the rule by which its parts are disjoint."""
        value = self._said["least"].format(value=_plain(one.value)) if one.hedge != "exact" else _plain(one.value)
        withheld = self._said["withheld"].format(n=one.withheld) if one.withheld else ""
        every = " + ".join(self._number[part.claim] for part in one.parts)
        return self._said["sum"].format(value=value, all=every, rule=self._said[f"by {one.rule}"], withheld=withheld)

    def numbers(self, claims: Iterable[NamedNode]) -> str:
        """Return what mentions are called, as `1, 2 and 3`."""
        called = sorted({self._number[claim] for claim in claims}, key=int)
        last = f" {self._said['and']} "
        return last.join([", ".join(called[:-1]), called[-1]]) if len(called) > 1 else "".join(called)

    def _times(self, one: Drift) -> list[str]:
        left, right = one.restating.value, one.restated.value
        if one.supported or not left or not right or left < 2 * right:
            return []
        return [self._said["times"].format(n=f"{round(left / right):,}")]

    def _count(self, number: int, noun: str) -> str:
        if number == 0 and noun == "root":
            return self._said["no root"]
        return self._said[noun] if number == 1 else self._said[f"{noun}s"].format(n=number)

    def _field(self, name: str) -> str:
        own = {"value": "values", "bound": "bound", "place": "place"}
        if name in own:
            return self._said[own[name]]
        return self._labels.get(tip.NAMESPACE + name) or self._labels.get(STAGE + name, name)

    def _values(self, name: str, values: Iterable[str]) -> str:
        return ", ".join(sorted(self._value(name, value) for value in values)) or self._said["unsaid"]

    def _value(self, name: str, value: str) -> str:
        if name == "date":
            return words(value, self.language)
        return self._labels.get(_HEDGE + value if name == "bound" else value, value)


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    with Path(__file__).with_name("words.toml").open("rb") as file:
        return tomllib.load(file)


def _plain(number: Decimal) -> str:
    """Return a number with marks between thousands.

    >>> _plain(Decimal("1700.0")), _plain(Decimal("412"))
    ('1,700', '412')
    """
    return f"{number.normalize():,f}"
