"""Serve the review page of a source: `python -m tests.review.served PROJECT SOURCE PORT DRAFTS LANGUAGE`.

DRAFTS is a JSON file of drafts, which a drafter of the tests proposes.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tipgraph.curation import DraftSession
from tipgraph.curation.drafts.draft import Draft, DraftText, Entry
from tipgraph.outputs import review_page, shown_document
from tipgraph.server import review_drafts
from tipgraph.sources import Texts, source_at


class GivenDrafts:
    """A drafter that proposes the drafts of a file, whose words are looked up in the text."""

    def __init__(self, path: Path) -> None:
        self._rows = json.loads(path.read_text("utf-8"))
        self.about: Mapping[str, str] = {"name": "tests", "version": "1"}
        self.dropped: Mapping[str, int] = {"a sentence is in another language": 2}
        self.stopped = "enough"

    def drafts(self, text: DraftText) -> Iterator[Draft]:
        yield from (self._draft(text, row) for row in self._rows)

    def _draft(self, text: DraftText, row: Any) -> Draft:
        start = text.words.index(row["quote"])
        sentence = next(one for one in text.whole if one.start <= start < one.end)
        entries = tuple(Entry(entry["table"], entry["cells"]) for entry in row.get("entries", ()))
        place = (sentence.paragraph, sentence.number, start, start + len(row["quote"]), row["quote"])
        return Draft(row["table"], row["cells"], *place, ("rule:" + row["rule"],), entries)


def main(project: str, name: str, port: str, drafts: str, language: str) -> None:
    folder = Path(project)
    texts, data = Texts(folder / "texts"), folder / "data"
    session = DraftSession(name, texts, data, drafters=[GivenDrafts(Path(drafts))], language=language)
    about = source_at(name, data).about
    page = review_page(session.state())
    review_drafts(session, shown_document(about, texts), page, port=int(port), browser=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
