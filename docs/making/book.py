"""The book: its sources, gathered and written into a folder, from which Sphinx makes pages.

Decision: docs/decisions/0064-sphinx-makes-the-book-and-tests-type-it.md.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

import tipgraph
from docs.making import errors, gathering, names, notebooks, parts, questions, settings, terms, verbs
from docs.making.markdown import page

ORDER = (
    "verbs", "questions", "rules", "classes", "properties", "codes", "networks", "formats", "readers",
    "names", "errors", "settings",
)  # fmt: skip


def reference(graph: tipgraph.Graph) -> dict[str, str]:
    """Return the pages of the reference by their names, made from the code and the kit."""
    vocabulary = terms.Terms(graph)
    return {
        "verbs": verbs.text(),
        "questions": questions.questions(),
        "rules": questions.rules(),
        "classes": vocabulary.classes(),
        "properties": vocabulary.properties(),
        "codes": vocabulary.code_lists(),
        "networks": parts.networks(graph),
        "formats": parts.formats(),
        "readers": parts.readers(),
        "names": names.text(),
        "errors": errors.text(),
        "settings": settings.text(),
    }


def write(home: Path, into: Path) -> None:
    """Empty a folder and write the sources of the book into it."""
    shutil.rmtree(into, ignore_errors=True)
    (into / "reference").mkdir(parents=True)
    gathering.gather(home, into)
    _leave_out_of_the_menu((into / "decisions").glob("0*.md"))
    words = shutil.ignore_patterns("*.py", "*.md")
    shutil.copytree(home / "docs" / "pictures", into / "pictures", ignore=words, dirs_exist_ok=True)
    notebooks.copy(home, into.with_name("docs-extra"))
    (into / "notebooks.md").write_text(notebooks.text(home), "utf-8")
    for name, text in reference(tipgraph.build()).items():
        (into / "reference" / f"{name}.md").write_text(text, "utf-8")
    (into / "reference" / "index.md").write_text(_contents(), "utf-8")


def _leave_out_of_the_menu(pages: Iterable[Path]) -> None:
    """Leave pages out of the menu, which each page of the book holds whole: the table of decisions lists them."""
    for path in pages:
        path.write_text(f"---\norphan: true\n---\n\n{path.read_text('utf-8')}", "utf-8")


def _contents() -> str:
    listed = "\n".join(ORDER)
    return page(
        "---\norphan: true\n---",
        "# Reference",
        "`make docs` writes these pages from the code, the questions and the ontology.",
        f"```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```",
    )
