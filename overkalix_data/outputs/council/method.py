"""How the report was made, in words: what was read, how it was counted, and the funds' publicity lines."""

from collections.abc import Mapping
from typing import Any

from overkalix_data.analyse import source_names
from overkalix_data.base.codelist import codelist
from overkalix_data.base.words import counted, decimal, say
from overkalix_data.outputs.packs.periods import publicity_of
from overkalix_data.outputs.workbook.parts import cells_in_words, columns_of
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of
from overkalix_data.values.place import municipality

ACCOUNTED = ("value", "label", "heading", "boilerplate", "ignored")
"""The uses of the page's characters that are understood; what is left is `unplaced`."""


def publisher(tables: Tables, lang: str = "sv") -> str:
    """Who publishes the list: the municipalities that the sources name, or that it is not known."""
    named = [municipality(str(code)) for code in tables["sources"]["publisher_code"].dropna().unique()]
    return ", ".join(filter(None, named)) or say("report.no_publisher", lang)


def method(tables: Tables, as_of: str, lang: str = "sv") -> list[str]:
    """Paragraphs: what the report covers, how it counts, how much of the page was understood."""
    evidence = tables["evidence"]
    placed = int(evidence["use_code"].isin(ACCOUNTED).sum())
    unplaced = int((evidence["use_code"] == "unplaced").sum())
    left = counted("report.unplaced", unplaced, lang)
    return [
        *background(tables, as_of, lang, remedy=True),
        say("report.method.counting", lang),
        say("report.method.evidence", lang, placed=decimal(placed, lang), unplaced=left),
        reading_quality(lang),
    ]


def reading_quality(lang: str = "sv") -> str:
    """How right the program reads such lists (`overkalix evaluate`).

    Against those that it has been made by, and against the latest that it had not seen.
    """
    numbers: dict[str, str] = {}
    for row in codelist("reading_quality", "set_code", "cases", "projects", "right", "invented", "missed"):
        right, invented, missed = (int(row[name]) for name in ("right", "invented", "missed"))
        shares = {"precision": right / (right + invented), "recall": right / (right + missed)}
        numbers |= {f"{row['set_code']}_{name}": decimal(100 * share, lang, 1) for name, share in shares.items()}
        numbers |= {f"{row['set_code']}_{name}": decimal(int(row[name]), lang) for name in ("cases", "projects")}
    return say("report.method.reading", lang, **numbers)


def fetched(tables: Tables, lang: str = "sv", *, remedy: bool = False) -> str:
    """The day that the situation is of: when the page was fetched, or that it is not known, and what to do about it."""
    days = [str(day) for day in tables["sources"]["retrieved_on"].dropna().unique()]
    if days:
        return say("report.fetched", lang, days=", ".join(days))
    return say("report.fetched.remedy" if remedy else "report.fetched.none", lang)


def background(tables: Tables, as_of: str, lang: str = "sv", *, remedy: bool = False) -> list[str]:
    """Source, delimitation and day of the selection."""
    source = say("report.source", lang, source=source_names(tables))
    return [f"{source} {fetched(tables, lang, remedy=remedy)}", say("report.scope", lang, as_of=as_of)]


def source_rows(tables: Tables, lang: str = "sv") -> Mapping[str, Any]:
    """The table of sources: caption, headings, and a row a source."""
    columns = columns_of("sources", lang, "path", "url", "retrieved_on", "sha256")
    rows = [cells_in_words(columns, row, lang) for row in rows_of(tables["sources"])]
    return {"caption": TABLES["sources"].title(lang), "headings": [c.heading for c in columns], "rows": rows}


def publicity_lines(tables: Tables, lang: str = "sv") -> list[str]:
    """The publicity line of each EU fund and period that occurs, each once, in the page's order."""
    funds = tables["project_funders"][tables["project_funders"]["role_code"] == "fund"]
    by_project = funds.groupby("project_id")["funder_id"].agg(list)
    names = dict(zip(tables["funders"]["funder_id"], tables["funders"]["name"], strict=True))
    lines = []
    for row in rows_of(tables["projects"].sort_values(["source_id", "first_line"])):
        for fund in by_project.get(row["project_id"], []):
            words, _ = publicity_of([fund], str(row["publicity_text"] or ""), str(row["start"] or ""), lang)
            lines.append(f"{names[fund]}: {words or say('report.publicity.unknown', lang)}")
    return list(dict.fromkeys(lines))
