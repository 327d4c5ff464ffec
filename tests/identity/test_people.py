"""Who is one person: the same address, the same number and surname, or the same name; a switchboard is nobody's."""

import pytest

from overkalix_data.base.lists import lists_for
from overkalix_data.identity.ids import contact_id, same_people
from overkalix_data.values.person import split_people
from tests.made.pages import tables_of

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


def test_no_contacts_name_is_in_the_id_of_a_project() -> None:
    """The goal gives the words of an id where there is no title; an address with a name in it would be published."""
    page = (
        "Pågående projekt\n\nMål: Tallgren ska lära skolbarn paddla säkert på älven.\nFinansiärer: Almi\n"
        "Kontaktperson: Svea Tallgren, 070-174 06 05\n"
    )
    assert tables_of(page, checked=False)["projects"]["project_id"].tolist() == ["lara-skolbarn-paddla-sakert-alven"]
