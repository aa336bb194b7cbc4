"""Why the graph may differ from an IATI file: each reason looks at the file, and proves that it holds there."""

import re
from collections.abc import Callable
from datetime import date

from .iati_file import Party
from .iati_rows import IatiFile, bare, key, name_key
from .rows import ONCE, Reason, Row

SIDES = ("giver", "receiver", "party")
GIVES_NOTHING = {"5", "6", "8", "9", "10"}
A_TYPE = re.compile(r"[1-9]\d000|1[12]00[1-4]|610(0\d|10)")  # of the OECD's channel codes, those for many bodies
NO_REF = {"excluded", "na", "notavailable", "notapplicable", "none", ""}
WITHHELD = re.compile(r"withheld|redacted|anonymous(?! *$)|^anonymous", re.IGNORECASE)
FOR_MANY = {  # our own list: names that no body has for itself
    "donorcountrybasedngo", "developingcountrybasedngo", "internationalngo", "recipientgovernment", "donorgovernment",
    "thirdcountrygovernmentdelegatedcooperation", "other", "others", "incountrypartner", "localpartners",
    "publicsectorinstitutions",
    "nongovernmentalorganisationsngosandcivilsociety", "network", "networks", "staffmember", "corporatetravelprovider",
    "universitycollegeorotherteachinginstitutionresearchinstituteorthinktank", "customer",
    "unitednationsagencyfundorcommissionun",
}  # fmt: skip


def _each_party(row: Row, file: IatiFile, changed: Callable[[Party, str], str]) -> Row | None:
    """Replace the key of each party of a row, as a function of the party and its key says."""
    for side in SIDES:
        party = file.parties.get((row.place, row.side or side))
        if row[side] and party:
            row = row.but(**{side: changed(party, row[side])})
    return row if row.topic not in ONCE or row["party"] else None


def another_version_of_an_activity_is_left_out(row: Row, file: IatiFile) -> Row | None:
    """The file has an activity with this identifier that is newer, or that is as new and stands before."""
    return None if row.place[0] in file.repeated else row


def a_day_that_no_calendar_has_is_unknown(row: Row, _: IatiFile) -> Row | None:
    """The month or the day of the month does not exist; the rest of the record stays."""
    return row.but(**{name: "" for name in ("date", "value_date") if row[name] and not _is_day(row[name])})


def _is_day(text: str) -> bool:
    try:
        return all(date.fromisoformat(day) for day in text.split("/") if day)
    except ValueError:
        return False


def a_type_of_transaction_that_gives_no_money(row: Row, file: IatiFile) -> Row | None:
    """Interest, repayments of loans, shares that are bought or sold, and guarantees give no money."""
    return None if row.topic.endswith("payment") and file.kinds.get(row.place) in GIVES_NOTHING else row


def a_position_finer_than_a_town_is_no_place(row: Row, _: IatiFile) -> Row | None:
    """By its class and designation it is a site, which may be a shelter: no graph holds where it is."""
    return None if row.topic == "position" and row["kind"] == "site" else row


def a_withheld_name_is_nobody(row: Row, file: IatiFile) -> Row | None:
    """The file says that it does not say who."""
    return _each_party(row, file, lambda party, old: "" if any(WITHHELD.search(name) for name in party.names) else old)


def a_word_of_the_books_is_nobody(row: Row, file: IatiFile) -> Row | None:
    """The receiver is called "Correction": an entry in the accounts, and no body."""
    return _each_party(row, file, lambda party, old: "" if {"correction"} == set(map(bare, party.names)) else old)


def a_placeholder_is_no_identifier(row: Row, file: IatiFile) -> Row | None:
    """The ref is a word such as `N/A`; the name is the key."""
    return _each_party(row, file, lambda party, old: _by_name(party, old, bare(party.ref) in NO_REF))


def a_code_for_a_type_identifies_nobody(row: Row, file: IatiFile) -> Row | None:
    """The ref is one of the OECD's codes for many bodies of a kind; the name is the key."""
    return _each_party(row, file, lambda party, old: _by_name(party, old, bool(A_TYPE.fullmatch(party.ref))))


def a_ref_with_several_names_identifies_nobody(row: Row, file: IatiFile) -> Row | None:
    """The file gives several names with the ref, which are no spellings of one; the name is the key."""
    return _each_party(row, file, lambda party, old: _by_name(party, old, _shared(party, file)))


def a_name_for_many_is_a_group(row: Row, file: IatiFile) -> Row | None:
    """The name says a kind of body, so it means others in each activity."""
    for side in SIDES:
        name = row[side].removeprefix("name ")
        if row[side].startswith("name ") and bare(name) in FOR_MANY:
            row = row.but(**{side: f"group {name}"})
            if row.topic == "organization":
                row = row.but(activity=file.activities[row.place[0] - 1].identifier)
    return row


def _by_name(party: Party, old: str, holds: bool) -> str:
    return name_key(party.names[0]) if holds and old == key(party) and party.names else old


def _shared(party: Party, file: IatiFile) -> bool:
    """Whether a ref has several names; those of a reporting organization are the ones that the ref means."""
    own = file.reporters.get(party.ref)
    names = {_spelling(name) for name in file.named[party.ref]}
    return len(names) > 1 and not (own and _spelling(party.names[0] if party.names else own[0]) in map(_spelling, own))


def _spelling(name: str) -> str:
    """Return a name without its acronym, so that the spellings of one name are equal."""
    return bare(re.sub(r"\([A-Z.]+\)\s*$", "", name))


def planned_dates_that_are_the_actual_ones_are_said_once(row: Row, file: IatiFile) -> Row | None:
    """The claim on the actual dates says it all."""
    if row.topic != "dates" or row["basis"] != "planned":
        return row
    day = file.activities[row.place[0] - 1].day
    return None if (day("1"), day("3")) == (day("2"), day("4")) else row


def an_activity_that_goes_on_has_no_end_yet(row: Row, file: IatiFile) -> Row | None:
    """It is planned or under way, so its end is not unknown but to come."""
    if row.topic != "dates" or not row["span"].endswith("/"):
        return row
    return row.but(span=row["span"] + "..") if file.activities[row.place[0] - 1].status in {"1", "2"} else row


REASONS: tuple[Reason[IatiFile], ...] = (
    another_version_of_an_activity_is_left_out,
    a_day_that_no_calendar_has_is_unknown,
    a_type_of_transaction_that_gives_no_money,
    a_position_finer_than_a_town_is_no_place,
    a_withheld_name_is_nobody,
    a_word_of_the_books_is_nobody,
    a_placeholder_is_no_identifier,
    a_code_for_a_type_identifies_nobody,
    a_ref_with_several_names_identifies_nobody,
    a_name_for_many_is_a_group,
    planned_dates_that_are_the_actual_ones_are_said_once,
    an_activity_that_goes_on_has_no_end_yet,
)
