"""The words that belong to an undertaking by their place: "for" in "the training in Lima on 4 May for judges".

Decision: docs/decisions/0172-frames-may-begin-with-an-undertaking.md.
"""

from collections.abc import Iterator
from typing import Final

from tipgraph.curation.drafts.rules.mentions.entry_mention import PLACES, UNDERTAKINGS, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence
from tipgraph.curation.drafts.rules.parser.tokens import WordToken
from tipgraph.curation.drafts.words.lexicon import UNDERTAKING_HEADS

_ABOUT: Final = frozenset({"on", "about", "against", "concerning"})
_OF_TOPIC: Final = frozenset({"JJ", "NN", "NNS", "VBN", "VBG", "CC", "HYPH", "DT"})
_PASSED: Final = frozenset({"IN", "TO", "DT", ",", "-LRB-", "-RRB-", "``", "''"})


def attached(reading: ReadSentence) -> dict[int, EntryMention]:
    """Return the undertaking of each word that belongs to one, by the place of the word among the tokens.

    These words follow its head. Between them are only its own words, places, dates, its topic, and "held".
    """
    found: dict[int, EntryMention] = {}
    for mention in reading.outer:
        if mention.table == UNDERTAKINGS and mention.name_kind != "title":
            found |= dict.fromkeys(_following(reading, mention), mention)
    return found


def _following(reading: ReadSentence, mention: EntryMention) -> Iterator[int]:
    spans = [(mention.start, mention.end), *((day.start, day.end) for day in reading.days)]
    spans += [(one.start, one.end) for one in reading.mentions if one.table == PLACES]
    tokens, is_topic = reading.sentence.tokens, False
    for at in range(_after_head(tokens, mention), len(tokens)):
        token = tokens[at]
        is_inside = any(start <= token.start < end for start, end in spans)
        is_topic = token.lower in _ABOUT or (is_topic and token.tag in _OF_TOPIC)
        if not (is_inside or is_topic or token.tag in _PASSED or token.lower == "held"):
            return
        yield at


def _after_head(tokens: tuple[WordToken, ...], mention: EntryMention) -> int:
    """Return the place after the head of an undertaking; after its last word if no word is a head."""
    inside = [at for at, token in enumerate(tokens) if mention.start <= token.start < mention.end]
    heads = [at for at in inside if tokens[at].lower in UNDERTAKING_HEADS]
    return (heads[0] if heads else inside[-1] if inside else len(tokens)) + 1
