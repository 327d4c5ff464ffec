"""What a command tells: first what people filled in and nobody could use."""

from overkalix_data.outputs.terminal.summary import not_taken
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import frame
from overkalix_data.schema.records import Row


def told(*rows: Row) -> list[str]:
    return not_taken(frame(TABLES["additions"], list(rows)))


def addition(field: str, value: str, outcome: str, place: str = "7") -> Row:
    return {"file": "values.csv", "place": place, "field": field, "value": value, "outcome_code": outcome}


def test_what_was_not_taken_is_told_with_the_forms_that_are() -> None:
    head, *lines = told(
        addition("title", "Skogsmässan", "applied"),
        addition("start", "hösten 2019", "bad_value"),
        addition("status_code", "snart", "bad_value", "Projekt!C4"),
        addition("total_cost_sek", "mycket", "bad_value"),
        addition("title", "Borta", "no_project"),
        *(addition(field, f"En {field}", "bad_value") for field in ("funder", "target_group", "theme")),
    )
    assert "(7)" in head
    text = " ".join(" ".join(lines).split())
    assert (
        "values.csv, rad 7: Start ”hösten 2019”. Värdet går inte att läsa. Skriv ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD."
        in text
    )
    assert text.count("Skriv något av: Lägg till, Ta bort.") == 2
    assert "Skriv något av: Egen finansiering" in text
    assert "Projekt!C4: Status ”snart”. Värdet går inte att läsa. Skriv något av: Pågående, Avslutat" in text
    assert "Skriv hela kronor" in text
    assert "Titel ”Borta”. Projektet finns inte på sidan." in text
    assert "Skogsmässan" not in text


def test_nothing_is_told_where_all_was_taken() -> None:
    assert told(addition("title", "Skogsmässan", "applied"), addition("event", "Mässa", "noted")) == []
