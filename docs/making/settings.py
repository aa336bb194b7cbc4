"""The variables of the environment that tipgraph heeds: found in its source, told here in a sentence each."""

import re

from docs.making.markdown import code, heading, page, plain, table
from tipgraph.model import kit

_NAME = re.compile(r"\b_?TIPGRAPH_[A-Z_]*[A-Z]\b")
WORDS = {
    "_TIPGRAPH_COMPLETE": "Set by a shell that asks what may stand next, for completion.",
    "TIPGRAPH_GRAPH": "The graph that every verb reads where `-g` names none: a file, a store or the "
    "address of an endpoint.",
    "TIPGRAPH_HOST": "The host (`HOST` or `HOST:PORT`) of the endpoint that the credentials below are for; "
    "no other gets them.",
    "TIPGRAPH_JUDGE": "Who judges, where `--judge` does not say: a role, or a name that agreed to stand in the data.",
    "TIPGRAPH_JUDGE_KIND": "What kind of judge, where `--judge-kind` does not say: person, ai-agent or rule.",
    "TIPGRAPH_PASSWORD": "The password for TIPGRAPH_HOST, with TIPGRAPH_USER.",
    "TIPGRAPH_PROJECT": "The project folder, one with a `tipgraph.toml`, in place of that found from the "
    "working folder upward.",
    "TIPGRAPH_TEXTS": "The folder of the texts of the sources, where `--texts` names none; with it quotes "
    "are shown and checked.",
    "TIPGRAPH_TIMEOUT": "How many seconds a call to an endpoint may take in all, 60 where it is not set.",
    "TIPGRAPH_TOKEN": "The token for TIPGRAPH_HOST; for `tipgraph serve`, the token that clients must show.",
    "TIPGRAPH_TRACEBACK": "Set to anything, an unforeseen fault shows its whole traceback instead of a line.",
    "TIPGRAPH_USER": "The user for TIPGRAPH_HOST, with TIPGRAPH_PASSWORD.",
}
_OTHERS = {
    "COLUMNS": "How wide a table may be; as wide as the terminal where it is not set.",
    "NETRC": "The file of credentials in place of `~/.netrc`.",
}
_OF_TESTS = {
    "TIPGRAPH_CHROMIUM": "The Chromium that the tests of the pages open.",
    "TIPGRAPH_FIREFOX": "The Firefox that they open.",
    "TIPGRAPH_SHARED": "The folder of third-party files for the tests that read them (`make test-shared`), else "
    "`../shared`.",
}


def found() -> list[str]:
    """Return the variables of ours that the source names, in order."""
    paths = (path for path in kit.code("").rglob("*.py"))
    return sorted({name for path in paths for name in _NAME.findall(path.read_text("utf-8"))})


def text() -> str:
    """Return the page of all variables; raise KeyError for one that has no words here."""
    return page(
        heading(1, "Variables of the environment"),
        "What an option says goes before what the environment says.",
        table(["variable", "says"], [[code(name), plain(WORDS[name])] for name in found()]),
        heading(2, "Of the system"),
        table(["variable", "says"], [[code(name), plain(words)] for name, words in _OTHERS.items()]),
        heading(2, "Of the tests"),
        table(["variable", "says"], [[code(name), plain(words)] for name, words in _OF_TESTS.items()]),
    )
