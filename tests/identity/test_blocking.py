import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tipgraph.curation.identity.blocks import FLOOR, NEIGHBOURS, TermWeights, pairs
from tipgraph.curation.identity.profiles import Profile, profile

WORDS = st.sampled_from(["harbour", "watch", "casa", "clara", "ministry", "labour", "lantern", "fund", "lanterns"])


def profiles_of(names: list[str]) -> list[Profile]:
    return [profile(f"x/actors/a{number}", name) for number, name in enumerate(names)]


# No word twice in a name: what a name repeats outweighs what tells it, and nobody is called so.
@given(st.lists(st.lists(WORDS, min_size=1, max_size=5, unique=True).map(" ".join), max_size=20))
def test_names_that_are_alike_meet(names: list[str]) -> None:
    profiles = profiles_of(names)
    vocabulary = TermWeights(profiles)
    found = list(pairs(profiles, vocabulary))
    assert len(found) == len(set(found))
    assert all(left < right for left, right in found)
    for left, right in combinations(range(len(profiles)), 2):
        one, other = (next(iter(profiles[at].spelled)).words for at in (left, right))
        shared = set(one) & set(other)
        only_shared = sum(map(vocabulary.weight, [*shared, *shared])) / sum(map(vocabulary.weight, [*one, *other]))
        if only_shared >= FLOOR:
            assert (left, right) in found


def test_what_shares_an_identifier_or_an_acronym_meets() -> None:
    profiles = [
        profile("a/actors/x", "Hafenwacht", identifiers=[("Wikidata", "Q1")]),
        profile("b/actors/x", "Harbour Watch", identifiers=[("Wikidata", "Q1")]),
        profile("c/actors/x", "International Organization for Migration (IOM)"),
        profile("d/actors/x", "IOM"),
        profile("e/actors/x", "Institute of Music"),
    ]
    assert {(0, 1), (2, 3)} <= set(pairs(profiles, TermWeights(profiles)))


def test_a_letter_that_is_wrong_does_not_part_them() -> None:
    profiles = profiles_of(["Jamaica", "Jamacia", "Harbour", "Harbor"])
    assert {(0, 1), (2, 3)} <= set(pairs(profiles, TermWeights(profiles)))


def test_a_thousand_of_one_name_are_compared_with_their_neighbours() -> None:
    profiles = profiles_of(["Ministry of Labour"] * 1000)
    found = list(pairs(profiles, TermWeights(profiles)))
    assert len(found) == sum(min(NEIGHBOURS, 999 - at) for at in range(1000))


def test_of_a_word_that_many_share_the_next_tells() -> None:
    profiles = profiles_of([f"Ministry {word}" for word in made_words(500)] * 2)
    found = list(pairs(profiles, TermWeights(profiles)))
    assert {(at, at + 500) for at in range(500)} <= set(found)
    assert len(found) < 20_000


def test_twenty_thousand_make_no_two_hundred_million_pairs() -> None:
    vocabulary = made_words(4000)
    chance = random.Random(7)  # noqa: S311
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    names = [" ".join(chance.choices(vocabulary, weights, k=chance.randint(2, 6))) for _ in range(20_000)]
    profiles = profiles_of(names)
    compared = sum(1 for _ in pairs(profiles, TermWeights(profiles)))
    assert compared < 100 * len(names)


def made_words(count: int) -> list[str]:
    chance = random.Random(3)  # noqa: S311
    return ["".join(chance.choices("bcdfghjklmnprstvwz", k=8)) for _ in range(count)]
