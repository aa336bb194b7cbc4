"""The settings of Sphinx for the book. `make docs` first gathers its sources (`docs/making/`)."""

from collections.abc import Callable, Iterator
from typing import Any

from pygments.lexers.rdf import SparqlLexer
from pygments.token import Error, Operator, _TokenType
from sphinx.application import Sphinx

from tipgraph.model import kit

project = "tipgraph"
author = "The tipgraph founders"
copyright = "The tipgraph founders. Text: CC BY 4.0"  # noqa: A001 - Sphinx calls it so
version = release = kit.VERSION
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["files"]
nitpicky = True
# Third-party types have no page here: the book works without a network, and does not link to them.
nitpick_ignore_regex = [("py:.*", r"(?!tipgraph\.).*")]
# Internal types in the signatures of public names.
nitpick_ignore = [
    ("py:class", f"tipgraph.{name}")
    for name in ("graph.engine.RequestDataset", "graph.engine.Engine", "sources.privacy.screen.Screened")
]
default_role = "code"  # docstrings write `code` as Markdown does

smartquotes = False  # options begin with two hyphens

myst_heading_anchors = 3
myst_links_external_new_tab = False
myst_enable_extensions = ["attrs_inline", "colon_fence"]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
maximum_signature_line_length = 88

html_theme = "furo"
html_title = f"tipgraph {kit.VERSION}"
html_static_path = ["static"]
html_extra_path = ["../build/docs-extra"]  # the notebooks, once they were rendered
html_css_files = ["book.css"]
html_js_files = ["copy.js"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_search_summary = False  # it would fetch pages, which no browser lets a file do
html_last_updated_fmt = None
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0b5563",
        "color-brand-content": "#0b5563",
        "color-background-primary": "#ffffff",
        "color-background-secondary": "#f6f5f1",
        "color-background-border": "#d7d5cd",
        "font-stack": 'system-ui, "Segoe UI", "Noto Sans", sans-serif',
        "font-stack--monospace": 'ui-monospace, "DejaVu Sans Mono", Consolas, monospace',
    },
    "dark_css_variables": {
        "color-brand-primary": "#7fd1d8",
        "color-brand-content": "#7fd1d8",
        "color-background-primary": "#1d2025",
        "color-background-secondary": "#15171b",
        "color-background-border": "#383c44",
    },
}
pygments_style = "friendly"
pygments_dark_style = "github-dark"


class Paths(SparqlLexer):
    """Pygments' SPARQL, which takes the marks of property paths for errors."""

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """Read a text, the marks as operators."""
        for at, token, value in super().get_tokens_unprocessed(text):
            yield at, Operator if token is Error and value in "|?^!" else token, value


class Menu:
    """The menu of the decisions, written once: none of them is in it, and all lie in one folder."""

    def __init__(self) -> None:
        self._html: str | None = None

    def share(self, _app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
        """Give a decision the menu of the first one."""
        if page.startswith("decisions/0"):
            write = context["toctree"]
            context["toctree"] = lambda **options: self._written(write, options)

    def _written(self, write: Callable[..., str], options: dict[str, Any]) -> str:
        if self._html is None:
            self._html = write(**options)
        return self._html


def setup(app: Sphinx) -> None:
    """Teach Sphinx to read our queries, and to write the menu of the decisions once."""
    app.add_lexer("sparql", Paths)
    app.connect("html-page-context", Menu().share, priority=400)  # the theme asks for the menu at 500
