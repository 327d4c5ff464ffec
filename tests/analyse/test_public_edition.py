"""Who is masked in the public edition: whoever the tables know, by every name, wherever the tables have it from."""

import pandas as pd
import pytest

from overkalix_data.analyse.public_edition import MASK, _tells, public_tables
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, frame
from overkalix_data.values.personal_data import PersonalData

SAID = "Ledaren var först Stina Granlund, sedan Svea Tallgren."
MASKED = f"Ledaren var först {MASK}, sedan {MASK}."


def told(tables: Tables) -> Tables:
    """The real page's tables with two invented names in the first project's goal."""
    projects = tables["projects"].copy()
    projects.loc[projects.index[0], "goal"] = SAID
    return tables | {"projects": projects}


def goal(tables: Tables) -> str:
    return str(public_tables(tables)["projects"]["goal"].iloc[0])


def test_a_name_that_nobody_knows_is_a_word_among_others(tables: Tables) -> None:
    assert goal(told(tables)) == SAID


def test_every_form_of_a_contacts_name_is_masked(tables: Tables) -> None:
    contacts = tables["contacts"].copy()
    contacts.loc[contacts.index[0], "other_names"] = "Svea Tallgren; Stina Granlund"
    assert goal(told(tables) | {"contacts": contacts}) == MASKED


def test_who_filled_something_in_is_masked(tables: Tables) -> None:
    rows = [{"addition_id": f"values.csv:{n}", "who": who} for n, who in enumerate(("Svea Tallgren", "Stina Granlund"))]
    additions = frame(TABLES["additions"], [dict(row) for row in rows])
    assert goal(told(tables) | {"additions": additions}) == MASKED


def test_a_contact_that_is_gone_since_the_fetch_before_is_masked(tables: Tables) -> None:
    names = {"old_text": "Stina Granlund, 0926-740 00", "new_text": "Svea Tallgren, 0926-740 00"}
    row = {"project_id": "p", "change_code": "contact_removed", "position": 1, **names}
    assert goal(told(tables) | {"changes": frame(TABLES["changes"], [row])}) == MASKED


def test_an_address_with_a_name_in_it_is_left_out_whole(tables: Tables) -> None:
    contacts, sources = tables["contacts"].copy(), tables["sources"].copy()
    contacts.loc[contacts.index[0], "name"] = "Svea Tallgren"
    sources["url"] = pd.Series(["https://exempel.se/svea-tallgren"] * len(sources), dtype="string")
    public = public_tables(tables | {"contacts": contacts, "sources": sources})
    assert public["sources"]["url"].isna().all()


def test_a_key_that_tells_a_person_is_numbered_wherever_it_stands(tables: Tables) -> None:
    """Nobody can reckon the name from it, and it is no other project's."""
    contacts, projects = tables["contacts"].copy(), tables["projects"].copy()
    contacts.loc[contacts.index[0], "name"] = "Svea Tallgren"
    projects.loc[projects.index[:2], "project_id"] = ["byn-svea-tallgren", "dold-1"]
    keys = pd.Series(["byn-svea-tallgren|almi|co_funder", "dold-1"], dtype="string")
    found = frame(TABLES["findings"], [{"rule_id": f"r{n}", "row_id": key} for n, key in enumerate(keys)])
    public = public_tables(tables | {"contacts": contacts, "projects": projects, "findings": found})
    assert public["projects"]["project_id"].tolist()[:2] == ["dold-2", "dold-1"]
    assert public["findings"]["row_id"].tolist() == ["dold-2|almi|co_funder", "dold-1"]


@pytest.mark.parametrize(
    ("key", "tells"), [("kungsgatan4", True), ("hem-kungsgatan-4", True), ("etapp-2", False), ("agenda2030", False)]
)
def test_a_key_that_is_an_address_tells_it_without_capitals(key: str, *, tells: bool) -> None:
    people = PersonalData()
    assert _tells(key, lambda text: "" if people.spans(text) else text) is tells
