"""The environment variables of tipgraph, found in its source, with a sentence for each."""

import re

from docs.making.markdown import code, heading, page, plain, table
from tipgraph.model import kit

_NAME = re.compile(r"\b_?TIPGRAPH_[A-Z_]*[A-Z]\b")
WORDS = {
    "_TIPGRAPH_COMPLETE": "Set by a shell for completion.",
    "TIPGRAPH_GRAPH": "The graph that every command reads without `-g`: a file, a store or the address of an endpoint.",
    "TIPGRAPH_HOST": "The host (`HOST` or `HOST:PORT`) of the endpoint for these credentials; no other host gets them.",
    "TIPGRAPH_JUDGE": "The judge, without `--judge`: a role, or a name whose owner agreed to appear in the data.",
    "TIPGRAPH_JUDGE_KIND": "The kind of judge, without `--judge-kind`: person, ai-agent or rule.",
    "TIPGRAPH_LLM": "The language model for `review drafts --drafter model`: its address, a space, and its name.",
    "TIPGRAPH_PASSWORD": "The password for TIPGRAPH_HOST, with TIPGRAPH_USER.",
    "TIPGRAPH_PROJECT": "The project folder, which has a `tipgraph.toml`. "
    "Without it tipgraph looks from the working folder upward.",
    "TIPGRAPH_TEXTS": "The folder of the texts of the sources, without `--texts`. "
    "Commands whose output stays with you show and check quotes; pages, server and release need `--texts`.",
    "TIPGRAPH_TIMEOUT": "The seconds that a call to an endpoint may take in all; default 60.",
    "TIPGRAPH_TOKEN": "The token for TIPGRAPH_HOST; for `tipgraph serve`, the token that clients must show.",
    "TIPGRAPH_TRACEBACK": "If set, an unexpected error shows its whole traceback instead of one line.",
    "TIPGRAPH_USER": "The user for TIPGRAPH_HOST, with TIPGRAPH_PASSWORD.",
}
_OTHERS = {
    "COLUMNS": "The width of tables; default the width of the terminal.",
}
_OF_TESTS = {
    "TIPGRAPH_CHROMIUM": "The Chromium that the tests of the pages open.",
    "TIPGRAPH_FIREFOX": "The Firefox that they open.",
    "TIPGRAPH_SHARED": "The folder of third-party files for the tests that read them (`make test-shared`), else "
    "`../shared`.",
}


def found() -> list[str]:
    """Return the names of our variables in the source, in order."""
    paths = (path for path in kit.code("").rglob("*.py"))
    return sorted({name for path in paths for name in _NAME.findall(path.read_text("utf-8"))})


def text() -> str:
    """Return the page of all variables; raise KeyError for one that has no words here."""
    return page(
        heading(1, "Variables of the environment"),
        "An option overrides the environment.",
        table(["variable", "meaning"], [[code(name), plain(WORDS[name])] for name in found()]),
        heading(2, "Of the system"),
        table(["variable", "meaning"], [[code(name), plain(words)] for name, words in _OTHERS.items()]),
        heading(2, "Of the tests"),
        table(["variable", "meaning"], [[code(name), plain(words)] for name, words in _OF_TESTS.items()]),
    )
