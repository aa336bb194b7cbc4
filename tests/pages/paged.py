"""A project of two reports as PDF, one that may be published and one that may not, made by the tests themselves."""

import shutil
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tests.conftest import SMALL
from tests.intake.making import Part, write_pdf
from tipgraph.graph.graph import Graph
from tipgraph.pipeline.builder import build
from tipgraph.sources import digest, documents, paragraphs
from tipgraph.sources.evidence.spans import locate

OPEN, CLOSED = "open-report", "closed-report"
UNIQUE = {  # of each report, a sentence that no claim quotes
    OPEN: "Eleven amber lanterns hung over the pier while the treasurer counted the vouchers.",
    CLOSED: "Nine violet kites crossed the lagoon before the auditors had opened their ledgers.",
}


class Names(NamedTuple):
    """The names in a report, so that no two reports share a sentence."""

    licence: str
    funder: str
    house: str
    partner: str
    amount: str


NAMES = {
    OPEN: Names("CC BY 4.0", "Lantern Fund", "Harbour House", "Bridge Centre", "40,000"),
    CLOSED: Names(
        "none stated; facts, and short quotations", "Willow Trust", "Meadow Shelter", "Orchard Network", "75,000"
    ),
}


class Project(NamedTuple):
    """The folders of sources and of texts, and the graph."""

    data: Path
    texts: Path
    graph: Graph

    def text(self, name: str) -> str:
        """Return the text of a source."""
        return (self.texts / f"{name}.txt").read_text("utf-8")


def report(name: str) -> list[Part]:
    """Return the parts of a report of two pages; a paragraph crosses the end of the first."""
    names, filler = NAMES[name], f"The board of {NAMES[name].house} met in spring and wrote down every step it took. "
    return [
        Part("heading", f"Report on {names.house}"),
        Part(
            "prose",
            f"In March 2025 the {names.funder} gave {names.amount} US dollars to {names.house} for a shelter in Lima. "
            f"{names.house} runs the shelter together with {names.partner}, which was founded in 1999. {UNIQUE[name]}",
        ),
        Part("heading", "How the shelter is run"),
        *[Part("prose", filler * 6)] * 3,
        Part(
            "prose",
            f"{filler * 5}It took a year. The {names.partner} trained forty officers of the coast guard in Lima in "
            f"June 2025, and a second course with {names.house} is planned for the coming year.",
        ),
        Part("prose", f"The {names.funder} asked {names.house} for a list of all its partners. {filler * 2}"),
    ]


def write_project(folder: Path) -> Project:
    """Write the project, with the copies and layouts of the documents in its folder of texts, and build it."""
    data, texts = folder / "data", folder / "texts"
    texts.mkdir(parents=True)
    shutil.copytree(SMALL / "reference", data / "reference")
    (data / "reference" / "identity.csv").unlink()
    for name in NAMES:
        _write_source(data / name, texts)
    return Project(data, texts, build(data))


def _write_source(folder: Path, texts: Path) -> None:
    name, names = folder.name, NAMES[folder.name]
    folder.mkdir()
    path = write_pdf(texts / f"{name}.pdf", report(name), size=11)
    document = documents.read(path)
    text = document.text
    (texts / f"{name}.txt").write_text(text, "utf-8", newline="")
    (texts / f"{name}.layout.json").write_text(document.layout.to_json(), "utf-8")
    settings = {
        "title": f"Report on {names.house}",
        "issuedBy": "tipgraph tests",
        "publisher": "house",
        "issued": "2025",
        "licence": names.licence,
        "textFile": f"{name}.txt",
        "textKind": "held",
        "paragraphRule": "blocks",
        "review": "ai-agent",
        "sha256": digest(text),
        "documentFile": path.name,
        "documentSha256": sha256(path.read_bytes()).hexdigest(),
    }
    lines = [f'{key} = "{value}"' for key, value in settings.items()]
    (folder / "source.toml").write_text("\n".join([*lines, f"pageCount = {len(document.pages)}", ""]), "utf-8")
    gave = f"the {names.funder} gave {names.amount} US dollars to {names.house}"
    trained = "trained forty officers of the coast guard in Lima in June 2025, and a second course with"
    phrases = {
        "gave": gave,
        "runs": f"{names.house} runs the shelter together with {names.partner}",
        "funder": names.funder,
        "house": names.house,
        "trained": f"{trained} {names.house}",
    }
    places = {key: locate(text, phrase, "blocks")[0] for key, phrase in phrases.items()}
    spans = paragraphs(text, "blocks")
    amount, printed = names.amount.replace(",", ""), f'"{names.amount} US dollars"'
    tables = {
        "paragraphs": [
            "id,number,start,end,digest",
            *(f"p{one.number},{one.number},{one.start},{one.end},{digest(text[one.start : one.end])}" for one in spans),
        ],
        "evidence": [
            "id,paragraph,sentence,start,end,digest",
            *(f"{key},{','.join(map(str, place))}" for key, place in places.items()),
        ],
        "actors": [
            "id,type,label,actorKind",
            f"funder,Organization,{names.funder},international-ngo",
            f"house,Organization,{names.house},ngo",
            f"partner,Organization,{names.partner},ngo",
        ],
        "undertakings": ["id,type,label", "course,Event,Course in Lima"],
        "funding": [
            "id,giver,moneyKind,receiver,amount,currency,amountAsPrinted,date,evidence",
            f"f1,funder,disbursed,house,{amount},USD,{printed},2025-03,gave",
        ],
        "partnerships": [
            "id,partner,partnershipKind,undertaking,modality,evidence",
            "s1,house | partner,joint-undertaking,course,implied,runs | trained",
        ],
        "namings": [
            "id,named,name,nameKind,evidence",
            f"n1,funder,{names.funder},name,funder",
            f"n2,house,{names.house},name,house",
        ],
    }
    for table, rows in tables.items():
        (folder / f"{table}.csv").write_text("\n".join([*rows, ""]), "utf-8")
