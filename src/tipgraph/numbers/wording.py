"""What is found of numbers, in the words of a language."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, islice
from typing import Final

from pyoxigraph import NamedNode

from tipgraph import tip
from tipgraph.dates import words
from tipgraph.graph import Graph
from tipgraph.numbers import Change, Difference, Drift, Family, Mention, Numbers, Pair, Sum
from tipgraph.numbers.comparing import agreement
from tipgraph.numbers.mentions import STAGE

_SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "mentions": "{n} mentions", "mention": "1 mention", "roots": "{n} roots", "root": "1 root",
        "circles": "{n} circles", "circle": "1 circle", "no root": "no root", "alone": "{one}: stands alone",
        "family": "{all}: {mentions}, {roots} ({begin})",
        "circular": "{all}: {mentions} in a circle: circular reporting, they stand on nothing but each other",
        "again": "{one} says {other} again", "nothing changed": "nothing changed", "times": "{n} times as much",
        "unsupported": "{other}, which it credits, does not support it",
        "doubt": "the first does not support it",
        "lost": "lost", "added": "added", "narrower": "a part of it", "wider": "more than it", "changed": "",
        "values": "value", "bound": "bound", "place": "place", "unsaid": "not stated", "and": "and",
        "part": "the first is a part of the second", "whole": "the first holds the second",
        "not comparable": "not comparable: {why}", "agree": "comparable; they agree",
        "contradict": "comparable; they contradict each other",
        "cannot tell": "comparable; nobody can tell whether they agree",
        "echo": "an echo of one root", "one voice": "of one issuer or source", "independent": "independent",
        "by sex": "sexes, each counted once", "by age": "ages, each counted once",
        "by sex-and-age": "sexes and ages, each counted once", "by origin": "countries of origin, each counted once",
        "by destination": "countries of destination, each counted once", "sum": "{value} = {all} ({rule}){withheld}",
        "least": "at least {value}", "withheld": "; withheld, and not counted: {n}",
        "Lineage": "Lineage", "Two by two": "Two by two", "Sums": "Sums", "no two": "there are no two",
        "no sum": "none: no numbers count alike and nobody twice; nothing is averaged",
        "comparable": "{all}: comparable with each other",
        "listed": "{n} pairs in all; `tipgraph numbers THING --format json` lists each of up to 20,000",
        "alone all": "{all}: {mentions}, each alone", "circular with": "; of these {all} in a circle",
        "nothing": "nothing in this graph gives a number of it; that does not mean that there is none",
        "no contradiction": "What cannot be compared contradicts nothing.",
    },
    "es": {
        "mentions": "{n} menciones", "mention": "1 mención", "roots": "{n} raíces", "root": "1 raíz",
        "circles": "{n} círculos", "circle": "1 círculo", "no root": "sin raíz", "alone": "{one}: está sola",
        "family": "{all}: {mentions}, {roots} ({begin})",
        "circular": "{all}: {mentions} en círculo: se repiten entre sí y no se apoyan en nada más",
        "again": "{one} repite {other}", "nothing changed": "sin cambios", "times": "{n} veces más",
        "unsupported": "{other}, a la que la atribuye, no la respalda",
        "doubt": "la primera no la respalda",
        "lost": "perdido", "added": "añadido", "narrower": "una parte", "wider": "más amplio", "changed": "",
        "values": "valor", "bound": "límite", "place": "lugar", "unsaid": "no indicado", "and": "y",
        "part": "la primera es parte de la segunda", "whole": "la primera abarca la segunda",
        "not comparable": "no comparables: {why}", "agree": "comparables; concuerdan",
        "contradict": "comparables; se contradicen",
        "cannot tell": "comparables; no se puede saber si concuerdan",
        "echo": "un eco de una sola raíz", "one voice": "de un mismo emisor o fuente",
        "independent": "independientes",
        "by sex": "sexos, contados una vez", "by age": "edades, contadas una vez",
        "by sex-and-age": "sexos y edades, contados una vez", "by origin": "países de origen, contados una vez",
        "by destination": "países de destino, contados una vez", "sum": "{value} = {all} ({rule}){withheld}",
        "least": "al menos {value}", "withheld": "; reservadas y no contadas: {n}",
        "Lineage": "Linaje", "Two by two": "De dos en dos", "Sums": "Sumas", "no two": "no hay dos",
        "no sum": "ninguna: no hay cifras que cuenten lo mismo y a nadie dos veces; nada se promedia",
        "comparable": "{all}: comparables entre sí",
        "listed": "{n} pares en total; `tipgraph numbers COSA --format json` da cada uno, hasta 20.000",
        "alone all": "{all}: {mentions}, cada una sola", "circular with": "; de ellas {all} en círculo",
        "nothing": "nada en este grafo da una cifra suya; eso no significa que no la haya",
        "no contradiction": "Lo que no se puede comparar no contradice nada.",
    },
}  # fmt: skip
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


class Wording:
    """The numbers of a thing in words; each number is called by its place in the list, from 1."""

    def __init__(self, graph: Graph, found: Numbers, language: str = "en") -> None:
        """Look all labels up at once."""
        self.language = language
        self._found = found
        self._said = _SAID[language]
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
        counts = [self._count(len(self._found.mentions), "mention"), self._count(self._found.roots, "root")]
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

    def change(self, one: Change) -> str:
        """Say one change, as `population: victims → women`."""
        how = self._said[one.how]
        before, after = self._values(one.field, one.before), self._values(one.field, one.after)
        return f"{self._field(one.field)}: {before} → {after}" + (f" ({how})" if how else "")

    def pair(self, one: Pair) -> str:
        """Say whether two numbers can be compared, or why not, and whether they are independent."""
        verdict = self._said[one.verdict].format(why=", ".join(map(self.difference, one.differences)))
        return f"{self.numbers([one.left.claim, one.right.claim])}: {verdict}; {self._said[one.kin]}"

    def compared(self, most: int) -> list[str]:
        """Say the verdicts on every two; where they are more than so many, only which can be compared."""
        every = len(self._found.mentions) * (len(self._found.mentions) - 1) // 2
        if every <= most:
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

    def difference(self, one: Difference) -> str:
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


def _plain(number: Decimal) -> str:
    """Return a number with marks between thousands.

    >>> _plain(Decimal("1700.0")), _plain(Decimal("412"))
    ('1,700', '412')
    """
    return f"{number.normalize():,f}"
