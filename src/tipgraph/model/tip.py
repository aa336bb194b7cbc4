"""The terms of the ontology as names: `tip.Funding` is the IRI of that class, as `ontology/terms.ttl` defines it."""

import re
from typing import Final

from tipgraph.model import kit
from tipgraph.model.iris import PREFIXES

NAMESPACE: Final = PREFIXES["tip"]
_TERM: Final = re.compile(r"^tip:(\w+) a ", re.MULTILINE)
NAMES: Final = frozenset(_TERM.findall((kit.folder("ontology") / "terms.ttl").read_text("utf-8")))

globals().update({name: NAMESPACE + name for name in NAMES})


def __getattr__(name: str) -> str:
    raise AttributeError(f"{name!r} is no term of ontology/terms.ttl")
