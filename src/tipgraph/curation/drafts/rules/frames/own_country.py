"""The country or place in the words of an actor: "the Embassy of Sweden in Lima", "Peruvian police"."""

from collections.abc import Iterator

from tipgraph.curation.drafts.rules.mentions.entry_mention import PLACES, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence
from tipgraph.curation.drafts.rules.mentions.referents import Referent, referent_of


def own_countries(reading: ReadSentence, actor: EntryMention) -> Iterator[tuple[Referent, Referent]]:
    """Yield an actor with its place; of several in several countries one in each: "governments of Peru and Chile"."""
    places = _places(reading, actor)
    adjective = None if places else _by_adjective(reading, actor)
    countries = [adjective] if adjective else [reading.referents[one] for one in places]
    is_body = actor.cls in ("GovernmentBody", "OrganizationalUnit")
    if actor.code == "states" or (is_body and len(countries) > 1):  # "Ministries of Labour of Peru and Chile"
        return
    is_divided = len(countries) > 1 and reading.is_divided(actor)
    is_own = bool(places) and places[-1].start >= actor.end and actor.head != "governments"
    for at, country in enumerate(countries):
        is_whole = not is_divided or (at == 0 and is_own)
        yield reading.referents[actor] if is_whole else reading.group_of(actor, country), country


def _places(reading: ReadSentence, actor: EntryMention) -> list[EntryMention]:
    """Return the places in the words of an actor, with those that are listed after them."""
    inside = [one for one in reading.inside(actor) if one.table == PLACES and not _is_seat(reading, actor, one)]
    return [*inside, *(reading.listed_after(inside[-1], actor.end) if inside else ())]


def _is_seat(reading: ReadSentence, actor: EntryMention, place: EntryMention) -> bool:
    """Tell whether a place is only where an embassy is: "US Embassy in Bolivia"."""
    before = reading.text[actor.start : place.start].removesuffix("the ").rstrip()
    return actor.head in ("embassy", "consulate", "mission") and before.endswith((" in", " to"))


def _by_adjective(reading: ReadSentence, actor: EntryMention) -> Referent | None:
    """Return the country that the first words mean: "Peruvian Police", "US Embassy"; any capital word of a group."""
    words = [word for word in actor.words.split() if word.lower() != "the"]
    if len(words) == 1:
        return None
    capitals = [word for word in words if word[:1].isupper()] if actor.cls == "Group" else words[:1]
    of = actor.words.rpartition(" of ")[2].removeprefix("the ")
    names = [" ".join(words[:2]), words[0].removesuffix("’s"), of if of[:1].isupper() else ""]
    found = [*map(reading.names.of, filter(None, names)), *map(reading.names.country, capitals)]
    return next((referent_of(one) for one in found if one and one.cls == "Country"), None)
