"""Which project is which: one example of every code, the edges of the threshold, and never a match in silence."""

import pytest

from overkalix_data.base.codelist import codes
from overkalix_data.identity.recognition import CLEAR, LIKE, SURE, Wording, likeness, match

FOREST = "Bygga ett centrum för skogens företag i Näverbyn och visa hur skogen kan ge arbete åt fler."
CANOE = "Ge alla skolbarn i kommunen en egen kanot och lära dem paddla säkert på älven."
BRIDGE = "Rusta upp hängbron vid forsen så att leden blir hel igen."


def told(new: list[Wording], *old: list[Wording] | Wording) -> list[tuple[int | None, str]]:
    return [(m.old, m.code) for m in match(new, [o if isinstance(o, list) else [o] for o in old])]


def text(words: str, title: str = "") -> Wording:
    return Wording(title, words)


def test_the_same_words_are_the_same_project_whatever_their_order_and_looks() -> None:
    shouted = text(FOREST.upper().replace(" ", "\u00a0\n"))
    assert told([text(CANOE), shouted], text(FOREST), text(CANOE)) == [(1, "same"), (0, "same")]


def test_a_few_other_words_are_the_same_project() -> None:
    assert told([text(FOREST.replace("åt fler", "åt många fler unga"))], text(FOREST), text(CANOE)) == [(0, "reworded")]


def test_other_words_are_a_new_project() -> None:
    assert told([text(BRIDGE)], text(FOREST), text(CANOE)) == [(None, "new")]
    assert told([text(BRIDGE)]) == [(None, "new")]


def test_two_that_are_as_like_are_not_chosen_between() -> None:
    one, other = (FOREST.replace("Näverbyn", place) for place in ("Långbyn", "Kortbyn"))
    (found,) = match([text(FOREST)], [[text(one)], [text(other)]])
    assert (found.old, found.code, found.candidates) == (None, "ambiguous", (0, 1))
    both = match([text(one), text(other)], [[text(FOREST)]])
    assert [(m.old, m.code) for m in both] == [(None, "ambiguous")] * 2


def test_two_joined_into_one_are_told() -> None:
    (found,) = match([text(f"{FOREST} {BRIDGE}")], [[text(FOREST)], [text(BRIDGE)]])
    assert (found.code, found.candidates) == ("merged", (0, 1))


def test_one_parted_in_two_is_told() -> None:
    assert told([text(FOREST), text(BRIDGE)], text(f"{FOREST} {BRIDGE}"))[1] in [(None, "split"), (None, "new")]
    codes_ = [code for _, code in told([text(FOREST + " Och mer därtill."), text(BRIDGE)], text(f"{FOREST} {BRIDGE}"))]
    assert "split" in codes_ or codes_ == ["new", "new"]


def test_titles_that_have_changed_places_are_told() -> None:
    old = [text(FOREST, "Skogen"), text(CANOE, "Kanoten")]
    assert told([text(FOREST, "Kanoten"), text(CANOE, "Skogen")], *old) == [(0, "swapped"), (1, "swapped")]


def test_a_title_that_is_kept_carries_a_project_to_wholly_new_words() -> None:
    assert told([text(BRIDGE, "Skogen")], text(FOREST, "Skogen"), text(CANOE)) == [(0, "reworded")]


def test_a_new_title_changes_nothing() -> None:
    assert told([text(FOREST, "Ett nytt namn")], text(FOREST), text(CANOE)) == [(0, "same")]


def test_texts_that_stand_twice_are_told_apart_by_their_order_only_while_both_stand() -> None:
    twins = [text(FOREST), text(FOREST)]
    assert told(twins, *twins) == [(0, "same"), (1, "same")]
    assert told([text(FOREST)], *twins) == [(0, "twin")]
    assert told([text(FOREST), text(FOREST.replace("åt fler", "åt alla"))], *twins) == [(0, "twin"), (1, "twin")]
    assert told([*twins, text(FOREST)], *twins)[2] == (None, "new")


def test_twins_with_titles_are_told_apart_by_them() -> None:
    old = [text(FOREST, "Norr"), text(FOREST, "Söder")]
    assert told(old[::-1], *old) == [(1, "same"), (0, "same")]


def test_an_older_wording_still_finds_its_project() -> None:
    assert told([text(FOREST)], [text(FOREST), text(CANOE)], text(BRIDGE)) == [(0, "same")]


@pytest.mark.parametrize(("other", "is_like"), [("a" * 7 + "c" * 3, True), ("a" * 6 + "c" * 4, False)])
def test_the_threshold_is_the_one_that_is_stated(other: str, is_like: bool) -> None:
    assert (likeness(text("a" * 10), text(other)) >= LIKE) == is_like
    assert (told([text(other)], text("a" * 10)) == [(0, "reworded")]) == is_like


def test_every_code_has_its_words_and_every_doubt_its_rule() -> None:
    from overkalix_data.checks.rules import RULES

    assert set(codes("match")) == SURE | {"new", "ambiguous", "merged", "split", "swapped", "twin"}
    assert {"identity-new", "identity-doubt"} <= set(RULES)
    assert CLEAR > 0
