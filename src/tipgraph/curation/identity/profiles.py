"""Profiles of nodes to compare: names, identifiers, classes, kinds, and links to other nodes.

A name has the forms that files of payments print: without its account or acronym, as a trade name.

Decision: docs/decisions/0221-our-own-scores-propose-identity.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pyoxigraph import NamedNode

from tipgraph.graph import Graph
from tipgraph.model import Spelling, acronym, data_name, folded, is_acronym, ontology, parted, spelling, terms

_NO_NAMES = frozenset({"description", "number"})  # kinds of namings that do not help to compare names
_CHANNEL = re.compile(r"(?:xm-dac-|xi-iati-)?([1-6]\d{4})")  # a code of the OECD for one organization
_IDENTIFIER = re.compile(rf"{_CHANNEL.pattern}|[a-z]{{2,3}}-[^\s/&?|]+", re.IGNORECASE)  # XM-DAC-41114, or a code
_INTERNATIONAL = frozenset({"xi", "xm", "xr"})  # what identifiers of no country begin with
_NATIONAL = re.compile(r"(?P<register>(?!x[imr]-)[a-z]{2}(?:_[a-z]{2})?-[a-z0-9_]+)-(?P<number>.*\w.*)")
_ALONE = frozenset({"documentNumber", "iatiIdentifier", "isoAlpha2", "isoAlpha3", "m49"})

# The account or the office of an organization: "British Council (USD)", "UNDP account", "Plan Chile Country Office".
_ACCOUNT = re.compile(
    r"""\s*\((?:USD|GBP|EUR|CHF|JPY|CAD|AUD|ETB|GHS|KES|MWK|NGN|RWF|TZS|UGX|ZAR|ZMW|[KTU]sh|do\ not\ use)\)
    (?:\s*[A-Z]{2}$)?
    |\s+(?:account|HQ|headquarters|head\ office|country\ office)$""",
    re.IGNORECASE | re.VERBOSE,
)
_TRADES_AS = re.compile(r"\s+(?:t/a|trading as|d/b/a|dba|doing business as)\s+", re.IGNORECASE)
_SHORT_FIRST = re.compile(r"(?P<short>\S+?)(?:\s+[-–—]\s+|/|:\s+)(?P<long>\S+\s.+)")
_SHORT_LAST = re.compile(r"(?P<long>\S+\s.*?\S)(?:\s+[-–—]\s+|/|\s+)(?P<short>\S+)")
_UNITED_NATIONS = re.compile(r"(?P<long>United Nations .*?\S)\s*\((?P<short>UN[- ][^()]+)\)", re.IGNORECASE)
_UN = re.compile(r"^U\.?N\.?(?=[\s-]+\w)")
_GROUP = re.compile(r"(?P<long>\S+\s.*?\S)\s+group", re.IGNORECASE)
_SHORTEST = 3  # letters of an acronym beside its name


class ProfileName(NamedTuple):
    """A name as it is written, and the source that uses it."""

    text: str
    source: str = ""


@dataclass(slots=True)
class Profile:
    """A node of the graph, by the end of its IRI such as `reference/actors/iom`; merged nodes are one.

    `identifiers` are pairs of a scheme and a value, `ties` pairs of a linked node and the kind of link. `spelled` holds
    the names as they are compared, each with one as it is written; `cut` those that lack a country or a programme, with
    what they lack.
    """

    node: str
    root: str
    classes: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    names: list[ProfileName] = field(default_factory=list)
    identifiers: frozenset[tuple[str, str]] = frozenset()
    ties: frozenset[tuple[str, str]] = frozenset()
    dissolved: bool = False
    spelled: dict[Spelling, str] = field(default_factory=dict)
    cut: dict[Spelling, str] = field(default_factory=dict)
    acronyms: frozenset[str] = frozenset()

    @property
    def sources(self) -> frozenset[str]:
        """The sources that name it, with that of its own node."""
        return frozenset([self.node.partition("/")[0], *(name.source for name in self.names if name.source)])

    @property
    def values(self) -> frozenset[str]:
        """The values of its identifiers, without their schemes and without case."""
        return frozenset(value.casefold() for _, value in self.identifiers)

    def spell(self) -> "Profile":
        """Spell each form of each name, and set acronyms apart.

        >>> [name.joined for name in profile("x/actors/c", "Harbour House (USD)", "Harbour House account").spelled]
        ['harbourhouse']
        """
        short = set()
        for name in self.names:
            for long, beside in forms(name.text):
                short |= {acronym(text) for text in (long, beside) if is_acronym(text)}
                if not is_acronym(long) and (spelled := spelling(long)).words:
                    self.spelled.setdefault(spelled, name.text)
        self.acronyms = frozenset(short - {""})
        return self


def profile(
    node: str,
    *names: str,
    root: str = "Actor",
    classes: Iterable[str] = (),
    kinds: Iterable[str] = (),
    identifiers: Iterable[tuple[str, str]] = (),
    ties: Iterable[tuple[str, str]] = (),
) -> Profile:
    """Return the profile of a node.

    >>> sorted(profile("x/actors/iom", "International Organization for Migration (IOM)").acronyms)
    ['iom']
    """
    named = [ProfileName(name) for name in names]
    known = frozenset({root, *classes}), frozenset(kinds), named, frozenset(identifiers), frozenset(ties)
    return Profile(node, root, *known).spell()


def read(graph: Graph, roots: Sequence[str]) -> list[Profile]:
    """Return the profiles of all entries of some kinds, such as Actor and Place, in the order of their nodes."""
    found: dict[str, Profile] = {}
    slot = {"root": [NamedNode(terms.iri(root)) for root in roots]}
    for row in graph.named("match-classes", slot):
        node, name = _short(row["thing"]), terms.short(row["class"].value)
        entry = found.setdefault(node, Profile(node, ""))
        entry.classes |= {name}
        entry.root = name if name in roots else entry.root
        entry.kinds |= {row["kind"].value.rpartition("#actor-kind-")[2]} if row["kind"] is not None else set()
    for row in graph.named("match-identifiers", slot):
        _take_identifier(found[_short(row["thing"])], terms.short(row["property"].value), row["value"].value)
    for row in graph.named("match-ties", slot):
        found[_short(row["thing"])].ties |= {(_short(row["other"]), row["how"].value)}
    names: dict[str, list[tuple[ProfileName, str]]] = {node: [] for node in found}
    for row in graph.named("match-names", slot):
        kind = row["kind"].value.rpartition("#name-kind-")[2] if row["kind"] is not None else ""
        names[_short(row["thing"])].append((ProfileName(row["name"].value, _short(row["source"])), kind))
    for node, entry in found.items():
        _take_names(entry, names[node])
    return [found[node] for node in sorted(found)]


def _take_names(entry: Profile, names: Iterable[tuple[ProfileName, str]]) -> None:
    """Give an entry its names, each with its kind; a kind of actors, such as Ministry, names none.

    Numbers and descriptions are no names, nor is a label that says the same. A number with the form of an identifier is
    one; one of letters only is a name that a file has in its place.
    """
    taken, others = set[ProfileName](), set(ontology().code_labels("actor-kind")) if entry.root == "Actor" else set()
    for name, kind in names:
        is_number = kind == "number" and entry.root == "Actor" and "Group" not in entry.classes
        if is_number and _IDENTIFIER.fullmatch(name.text):  # the number of a group is that of its kind
            entry.identifiers |= {("iatiIdentifier", organization_identifier(name.text))}
        if kind in _NO_NAMES and not (is_number and name.text.replace(" ", "").isalpha()):
            others.add(name.text.strip().casefold())
        else:
            taken.add(name)
    entry.names = sorted(name for name in taken if name.text.strip().casefold() not in others)
    entry.spell()


def within(graph: Graph) -> dict[str, frozenset[str]]:
    """Return for each place those that hold it."""
    holders: dict[str, set[str]] = {}
    for row in graph.named("match-within"):
        holders.setdefault(_short(row["place"]), set()).add(_short(row["holder"]))
    return {place: frozenset(found) for place, found in holders.items()}


def _take_identifier(entry: Profile, name: str, value: str) -> None:
    if name == "dissolved":
        entry.dissolved = True
    elif name == "iatiIdentifier":
        entry.identifiers |= {(name, organization_identifier(value))}
    elif name in _ALONE:
        entry.identifiers |= {(name, value.casefold())}
    else:  # an IRI; pages and entities of Wikidata are of one scheme
        cut = max(value.rfind("/"), value.rfind("#")) + 1
        entry.identifiers |= {("Wikidata" if "//www.wikidata.org/" in value else value[:cut], value[cut:])}


def organization_identifier(written: str) -> str:
    """Return an identifier of an organization in the form in which it is compared.

    A code of the OECD is written alone, or after the prefix of the OECD or of IATI. The number of a national register
    is written with and without marks and zeros before it.

    >>> [organization_identifier(written) for written in ("47066", "XM-DAC-47066", "XI-IATI-47066", "GB-GOV-1")]
    ['xm-dac-47066', 'xm-dac-47066', 'xm-dac-47066', 'gb-gov-1']
    >>> [organization_identifier(written) for written in ("US-EIN-94-1191246", "GB-COH-01110949", "XM-DAC-5-52")]
    ['us-ein-941191246', 'gb-coh-1110949', 'xm-dac-5-52']
    """
    folded = written.strip().casefold()
    if channel := _CHANNEL.fullmatch(folded):
        return f"xm-dac-{channel[1]}"
    if national := _NATIONAL.fullmatch(folded):
        number = re.sub(r"[\W_]", "", national["number"])
        return f"{national['register']}-{number.lstrip('0') or number}"
    return folded


def register_of(identifier: str) -> tuple[str, str]:
    """Return the country of the register that gave an identifier, and the register; no country if it is international.

    >>> register_of("gb-coh-1110949"), register_of("xm-dac-47066")
    (('gb', 'gb-coh'), ('', 'xm-dac'))
    """
    country, _, rest = identifier.partition("-")
    register = f"{country}-{rest.partition('-')[0]}"
    return ("" if country in _INTERNATIONAL else country), register


def _short(node: NamedNode) -> str:
    return data_name(node.value)


def forms(name: str) -> Iterator[tuple[str, str]]:
    """Yield each form of a name, and the acronym beside it or an empty string.

    >>> list(forms("Harbour House (USD)")), list(forms("HHL - Harbour House of Lima"))
    ([('Harbour House', '')], [('Harbour House of Lima', 'HHL')])
    >>> [form for form, _ in forms("Clara Films Ltd T/A Blue Lantern")]
    ['Clara Films Ltd', 'Blue Lantern']
    """
    for trade_name in _TRADES_AS.split(name):
        long, short = _beside(_ACCOUNT.sub("", trade_name).strip() or trade_name)
        for form in dict.fromkeys((long, _UN.sub("United Nations", long))):
            yield form, short
        if found := _UNITED_NATIONS.fullmatch(long):
            yield from ((found["long"], ""), (found["short"], ""))
        if found := _GROUP.fullmatch(long):
            yield found["long"], ""


def _beside(name: str) -> tuple[str, str]:
    """Return a name, and its acronym in brackets, or before or behind it."""
    long, short = parted(name)
    for way in () if short else (_SHORT_FIRST, _SHORT_LAST):
        found = way.fullmatch(name)
        if found and is_acronym(found["short"]) and _abbreviates(found["short"], found["long"]):
            return found["long"], found["short"]
    return long, short


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether an acronym is short for a name: its letters are in the name in order, beginning with the first.

    In a name of capitals each word looks like an acronym, so that only the first letters of its words count.
    """
    letters, words = acronym(short), folded(long).split()
    if len(letters) < _SHORTEST or not words or letters[0] != words[0][0]:
        return False
    within = iter("".join(word[0] for word in words) if long.isupper() else "".join(words))
    return all(letter in within for letter in letters)
