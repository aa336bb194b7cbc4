"""Which words of a source a release may quote: none near what is withheld, and none of sources shown without words."""

from collections.abc import Callable

from tipgraph import tip
from tipgraph.release.deciding import Decided
from tipgraph.release.secrets import Secrets
from tipgraph.statements import DATA


def quotable(decided: Decided, secrets: Secrets) -> Callable[[str, int, int, str], bool]:
    """Return what tells of a file, a start, an end and the words there whether they may be quoted."""
    sources: dict[str, set[str]] = {}
    for one in decided.web.statements:
        if one.predicate.value == tip.textFile:
            sources.setdefault(one.object.value, set()).add(one.subject.value.removeprefix(DATA))
    hidden: dict[str, list[tuple[int, int]]] = {}
    for (start, end), names in secrets.spans.items():
        for name in names:
            hidden.setdefault(name, []).append((int(start), int(end)))

    def may(file: str, start: int, end: int, words: str) -> bool:
        known = sources.get(file, set())
        lets = bool(known) and all(decided.policy.shown(name) == "words" for name in known)
        apart = all(end <= first or last <= start for name in known for first, last in hidden.get(name, ()))
        return lets and apart and not secrets.names.within(words)

    return may
