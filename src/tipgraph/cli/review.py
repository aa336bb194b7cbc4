"""`tipgraph review`: the decisions of a person. Identity, contradictions, answers of readers, personal data, drafts.

One loop saves a decision, undoes one, or asks about each case in turn.
"""

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tipgraph.cli.drafts import drafts
from tipgraph.cli.group import Group
from tipgraph.cli.options import Call, Gathered, argument, command, common, judge_kind, option
from tipgraph.cli.paths import own_sources
from tipgraph.cli.terminal import ask, note, progress
from tipgraph.curation import verdicts
from tipgraph.errors import CallError, InputError, shown
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.curation import Case, ConflictDesk, Decision, Desk

CaseT = TypeVar("CaseT")


@dataclass(frozen=True)
class Action:
    """The options of a review: what to do, why, and who decides."""

    answer: str | None
    reason: str
    judge: str
    judge_kind: str
    data: Path | None
    undo: bool = False
    review: bool = False
    reopen: bool = False

    @property
    def is_direct(self) -> bool:
        """Tell whether one case is decided, by its name."""
        return bool(self.answer) or self.undo

    def check(self, names: str, *, fits: bool) -> None:
        """Raise CallError for options that exclude each other, or that do not fit the names."""
        if not fits or sum([bool(self.answer), self.undo, self.review]) > 1:
            raise CallError(f"say one of --review, --answer VERDICT {names} and --undo {names}; or none, for a list")

    def run(
        self,
        desk: "Desk[CaseT]",
        names: Sequence[str],
        cases: Callable[[], Sequence[CaseT]],
        listed: Callable[[Sequence[CaseT]], str],
        lines: Callable[[CaseT], Sequence[str]],
    ) -> None:
        """Decide about the case that names mean, ask about all cases, or else print the list of them."""
        from tipgraph.curation import Judge

        if self.undo:
            click.echo(f"undone {desk.undo(*names)}")
        elif self.answer:
            case, judge = desk.case(*names), Judge(self.judge, self.judge_kind)
            click.echo(f"saved {desk.decide(case, self.answer, judge=judge, reason=self.reason, replace=self.reopen)}")
        elif self.review:
            self._ask_about_each(desk, cases(), lines)
        else:
            click.echo(listed(cases()))
            return
        click.echo("`tipgraph build` applies the answers", err=True)

    def _ask_about_each(
        self, desk: "Desk[CaseT]", cases: Sequence[CaseT], lines: Callable[[CaseT], Sequence[str]]
    ) -> None:
        """Ask about each case that is open, and print how many answers were saved."""
        from tipgraph.curation import Judge

        judge = Judge(self.judge, self.judge_kind).checked()
        saved: list[Decision[CaseT]] = []
        letters = ", ".join(f"{letter} {verdict.replace('-', ' ')}" for letter, verdict in desk.verdicts.items())
        for number, case in enumerate(cases, 1):
            if not desk.is_open(case, saved, reopen=self.reopen):
                continue
            click.echo("\n".join(["", f"{number} of {len(cases)}", *lines(case)]))
            while letter := ask(f"{letters}, enter skips, q ends", [*desk.verdicts, "q", ""]):
                if letter == "q":
                    break
                verdict, given = desk.verdicts[letter], ask(f"why {desk.verdicts[letter]}?")
                try:
                    saved.append(desk.decide(case, verdict, judge=judge, reason=given, replace=self.reopen))
                except CallError as error:
                    click.echo(str(error))
                    continue
                click.echo(f"saved {saved[-1]}")
                break
            if letter == "q":
                break
        click.echo(f"{len(saved)} answer{'s' * (len(saved) != 1)} saved in {desk.data}")


def deciding(verdicts: Mapping[str, str], answer: str, undo: str = "", reopen: str = "") -> Any:
    """Declare the options of an `Action`: --answer, and those of --undo, --reopen and --review that a help text has."""
    review = "Ask about each case in turn, and save each answer at once." if reopen else ""
    flags = {"undo": undo, "reopen": reopen, "review": review}
    who = option("The judge, as a role or a name (else TIPGRAPH_JUDGE).", "WHO", envvar="TIPGRAPH_JUDGE")
    declared = [
        *(option(words)(name, bool) for name, words in flags.items() if words),
        option(answer, click.Choice(list(verdicts.values())))("answer", str | None),
        option("The reason for the answer, with --answer.", "WHY")("reason", str),
        who("judge", str),
        judge_kind("judge_kind", str),
    ]
    return Gathered(Action, [*declared, *common("data").options])


_KINDS = ["actor", "place", "undertaking", "document"]


@click.group(cls=Group, commands=[drafts])
def review() -> None:
    """Decide about drafts of claims, identity, contradictions, answers of readers and personal data."""


@command("tipgraph review identity --kind actor", review)
def identity(
    names: tuple[str, ...] = argument("[LEFT RIGHT | IDENTIFIER]"),
    kinds: tuple[str, ...] = option("The kind of entries (else actors and places).", click.Choice(_KINDS), "--kind"),
    source: str = option("Keep proposals with an entry of this source.", "SOURCE"),
    least: float = option("The lowest score of a proposal.", click.FloatRange(0, 1), default=0.85),
    limit: int | None = option("The number of proposals, the best first (else all).", click.IntRange(1)),
    action: Action = deciding(
        verdicts.IDENTITY,
        "Judge LEFT and RIGHT, or all entries of IDENTIFIER.",
        "Remove the judgement on LEFT and RIGHT, of an id in reference/identity.csv, or all that accepted IDENTIFIER.",
        "Add pairs that were judged different or unsure; an answer replaces the old one.",
    ),
    identifiers: bool = option("With --answer same: accept at once what has one identifier and like names."),
    call: Call = common("graph texts form language"),
) -> None:
    """List entries that may be the same, with reasons; a person judges each match.

    LEFT and RIGHT are two entries, for --answer and --undo; IDENTIFIER is that of several, such as XM-DAC-47066. With
    --review, the command asks about each proposal: same, different or unsure; or RIGHT is the successor of LEFT, or its
    predecessor, and both stay apart. `--answer same LEFT RIGHT --reason WHY --judge WHO --judge-kind person` judges one
    pair. `--answer same IDENTIFIER` joins all entries that have it, `--answer same --identifiers` all that have equal
    identifiers and like names. Judgements are rows of reference/identity.csv; `tipgraph build` applies them.
    """
    from tipgraph.curation import IdentityDesk, Judge, Proposal
    from tipgraph.display import text

    if identifiers and (action.answer != "same" or names):
        raise CallError("say --identifiers with --answer same, and no names")
    action.check("LEFT RIGHT (or IDENTIFIER)", fits=bool(names) == (action.is_direct and not identifiers))
    desk = IdentityDesk(call.open(), action.data or kit.own_data())

    def proposals() -> Sequence[Proposal]:
        with progress("comparing names, identifiers and links"):
            return desk.propose([kind.capitalize() for kind in kinds], least, source, reopen=action.reopen)[:limit]

    if identifiers:
        saved = desk.accept(proposals(), judge=Judge(action.judge, action.judge_kind).checked(), reason=action.reason)
        click.echo("\n".join([*map(str, saved), f"{len(saved)} answer{'s' * (len(saved) != 1)} saved in {desk.data}"]))
        return
    action.run(
        desk,
        names,
        proposals,
        lambda found: text.proposals_text(desk.graph, found, desk.nodes, call.form, call.language),
        lambda proposal: text.proposal_lines(desk.graph, proposal, desk.nodes, call.local_texts, call.language),
    )


@command("tipgraph review conflicts --open", review)
def conflicts(
    names: tuple[str, ...] = argument("[THING | ID]"),
    opened: bool = option("Keep contradictions without an answer.", flags="--open"),
    rules: tuple[str, ...] = option("Keep findings of this rule (repeatable).", "RULE", "--rule"),
    listed: bool = option("List the rules instead.", flags="--rules"),
    source: str = option("Keep contradictions with a claim of this source.", "SOURCE"),
    action: Action = deciding(
        verdicts.CONFLICT,
        "Answer the contradiction ID.",
        "Remove the answer to the contradiction ID.",
        "Replace earlier answers; --review asks about them again.",
    ),
    call: Call = common("graph texts form language"),
) -> None:
    """List contradictions between sources, with the evidence of both sides and the answers.

    THING is an entry: the command lists contradictions about it. ID is one contradiction. Readers found some of them,
    rules find others. With --review, the command asks which side is right. `--answer both-stand ID --reason WHY --judge
    WHO --judge-kind person` answers one. Answers are rows of conflicts.csv; `tipgraph build` applies them.
    """
    from tipgraph.curation import ConflictDesk, Rule
    from tipgraph.display import text

    if listed and (action.is_direct or action.review):
        raise CallError("say one of --rules, --review, --answer VERDICT ID and --undo ID; or none, for a list")
    action.check("ID", fits=not action.is_direct or len(names) == 1)
    if listed:
        call.print_rows(["rule", "it finds"], [[rule.name, rule.summary(call.language)] for rule in Rule.all()])
        return
    desk = ConflictDesk(call.open(), action.data or kit.own_data())
    action.run(
        desk,
        names,
        lambda: [case for case in _cases(desk, names, rules, source) if not opened or case.answer is None],
        lambda cases: text.conflicts_text(desk.graph, cases, call.form, call.local_texts, call.language),
        lambda case: text.conflict_lines(desk.graph, case, call.local_texts, call.language),
    )


def _cases(desk: "ConflictDesk", names: Sequence[str], rules: Sequence[str], source: str) -> "list[Case]":
    """Return the contradictions that are asked for: all, the one of an id, those about an entry."""
    from tipgraph.curation import Rule
    from tipgraph.graph import resolve

    chosen = [Rule.find(name) for name in rules] or None
    with progress("looking for claims that exclude each other"):
        cases = desk.cases(chosen, source=source)
        named = [case for case in cases if [case.id] == list(names)]
        cases = named or (desk.about(resolve(desk.graph, " ".join(names)), cases) if names else cases)
    return [case for case in cases if case.rule in rules] if rules else cases


@command("tipgraph review answers", review)
def answers(
    file: Path | None = argument(),
    call: Call = common("graph data form language"),
) -> None:
    """Take in what readers of the pages answered; list the claims that a reader doubts.

    FILE is what a reader saved in the panel beside a claim: whether each claim says what its sentence says. *Yes* is a
    review by a person; *partly* and *no* are listed. The answers become rows of audits/answers.csv; `tipgraph build`
    applies them. An answer about a claim that has changed since is refused; then the exit code is 1. Without FILE, the
    command lists the claims of the graph that readers of audits doubt or find wrong: correct each, or read it again.
    """
    from tipgraph.curation import take_answers
    from tipgraph.display import claim_views, fingerprints

    if file is None:
        graph = call.open()
        doubted = list(graph.named("doubted"))
        views = claim_views(graph, [claim for claim, *_ in doubted], call.language)
        listed = [
            [views[claim].key, views[claim].sentence, *(cell.value if cell else "" for cell in cells)]
            for claim, *cells in doubted
        ]
        call.print_rows(["claim", "sentence", "found", "reason", "reader"], listed)
        return
    data = own_sources(call.data)
    with progress("comparing the answers with the claims"):
        taken = take_answers(file, data, fingerprints)
    found = Counter(row.cells["assessment"] for row in taken.rows)
    counts = ", ".join(f"{number} {name}" for name, number in sorted(found.items(), reverse=True))
    click.echo(f"saved in {shown(taken.path)}: {counts or 'nothing'}")
    note(*(f"refused: {fault}" for fault in taken.changed), "`tipgraph build` applies the answers")
    sys.exit(1 if taken.changed else 0)


@command("tipgraph review personal", review)
def personal(
    text: str | None = argument(),
    source: str = option("With --answer: allow TEXT in this source only; public-function needs it.", "SOURCE"),
    action: Action = deciding(verdicts.PERSONAL, "The reason why TEXT may stay in the data."),
    call: Call = common("form"),
) -> None:
    """List cells that may hold personal data and have no answer yet.

    TEXT is the content of a cell, for --answer. E-mail addresses, telephone and passport numbers stop a build. Possible
    names of persons do not. Remove personal data from the sources. For other cells, `--answer institution TEXT
    --reason WHY --judge WHO --judge-kind person` adds a row to reference/allowed.csv. If a cell has no answer, the
    exit code is 1.
    """
    from tipgraph.curation import Judge, allow
    from tipgraph.model import ontology
    from tipgraph.sources import mask, screen, with_reference

    if bool(action.answer) != bool(text):
        raise CallError("say --answer DECISION and the TEXT that may stay; or neither, for a list")
    if text:
        judge = Judge(action.judge, action.judge_kind)
        said = allow(text, action.answer or "", source, judge=judge, reason=action.reason, data=action.data)
        click.echo(f"saved {said}")
        return
    with progress("looking at every cell of the sources"):
        sources = with_reference(action.data)
        screened = screen(sources, ontology())
    if screened.faults:
        raise InputError(screened.faults)
    rows = []
    for concern in sorted(screened.concerns, key=lambda concern: (concern.file, concern.row or 0, concern.column)):
        words = mask(concern.found) if concern.stops else concern.found.text
        rows.append([concern.place, concern.column, concern.found.kind, words])
    if rows or call.form != "table":
        call.print_rows(["where", "column", "kind", "found"], rows)
    else:
        click.echo("no cell without an answer")
    todo = "remove personal data; if a text may stay, answer why: `tipgraph review personal --answer`"
    unread = sorted(source.name for source in sources if source.unread)
    note(*[todo] * bool(rows), *screened.unused_remarks)
    note(*(f"not all tables of {name} could be read; `tipgraph build` lists the faults" for name in unread))
    sys.exit(1 if rows else 0)
