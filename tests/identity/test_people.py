"""Who is one person: the same address, the same number and surname, or the same name; a switchboard is nobody's."""

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.identity.ids import contact_id, same_people
from overkalix_data.values.person import split_people

LISTS = lists_for()


@pytest.mark.parametrize(("one", "other", "are_one"), [
    ("Eva Ek, 070-174 06 05", "Eva Ek", True), ("Eva Ek, 070-174 06 05", "Eva Maria Ek, 070-174 06 05", True),
    ("Eva Ek, 0926-740 00", "Ola Al, 0926-740 00", False), ("Eva Ek, eva@example.se", "Eva Al, eva@example.se", True),
    ("Eva Ek, 070-174 06 05", "Ola Ek, 070-174 06 06", False),
])  # fmt: skip
def test_who_is_one_person(one: str, other: str, are_one: bool) -> None:
    people = [*split_people(one, LISTS), *split_people(other, LISTS)]
    assert same_people(people) == ([[0, 1]] if are_one else [[0], [1]])


def test_an_id_tells_nothing_of_the_person_and_is_the_same_in_any_order() -> None:
    people = [*split_people("Eva Ek, 070-174 06 05", LISTS), *split_people("Eva Maria Ek, 070-174 06 05", LISTS)]
    assert contact_id(people) == contact_id(people[::-1])
    assert contact_id(people).startswith("k-")
    assert "ek" not in contact_id(people)
