"""The changes as one accessible HTML file: "sedan förra redovisningen"."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup, escape
from rapidfuzz.distance import Levenshtein

from overkalix_data.analyse import known_counts
from overkalix_data.analyse.changes import Change, change_counts, project_changes
from overkalix_data.base.files import written
from overkalix_data.base.words import counts, decimal, say
from overkalix_data.outputs.pages.render import render
from overkalix_data.outputs.workbook.parts import cells_in_words, columns_of
from overkalix_data.schema.frames import Tables, rows_of
from overkalix_data.schema.records import Row

COUNTS = ("projects", "titles", "periods", "amounts", "contacts")
"""What is counted of each fetch: columns of `snapshots`."""


def changes_html(
    rows: Sequence[Row], *, lead: str, unchanged: str, lang: str = "sv", fetches: Mapping[str, Any] | None = None
) -> str:
    """The page of these rows of `changes`.

    `lead`: what was compared; `unchanged`: what to say of no change; `fetches`: the table of every fetch.
    """
    return render(
        "forandringar.html", lang, lead=lead, unchanged=unchanged,
        counts=change_counts(rows, lang), projects=project_changes(rows, lang), rows=partial(_rows, lang=lang),
        headings=[say(f"changes.{name}", lang) for name in ("what", "before", "after")], fetches=fetches,
    )  # fmt: skip


def write_changes_page(tables: Tables, path: Path, *, lang: str = "sv") -> Path:
    """Writes the page of a report: what changed since the fetch before, or that there is only one. Gives the path."""
    snapshots = tables["snapshots"].set_index("source_id")
    pairs = [(str(row.previous_id), str(name)) for name, row in snapshots.iterrows() if pd.notna(row.previous_id)]
    unknown = say("summary.undated", lang)
    days = dict.fromkeys(tuple(snapshots["retrieved_on"].fillna(unknown)[[old, new]]) for old, new in pairs)
    leads = [say("changes.lead", lang, old=old, new=new) for old, new in days]
    lead = " ".join(leads) or say("changes.first", lang)
    unchanged = say("changes.none" if pairs else "changes.first", lang)
    page = changes_html(
        rows_of(tables["changes"]), lead=lead, unchanged=unchanged, lang=lang, fetches=fetches(tables, lang)
    )
    return written(path, page)


def marked(before: str, after: str, lang: str = "sv") -> tuple[Markup, Markup]:
    """Two wordings as HTML: what only one of them has is marked, and said for those who do not see the mark."""
    old, new = before.split(), after.split()
    steps = Levenshtein.opcodes(old, new)
    return (
        Markup(" ").join(_marked("del", [(old[s.src_start : s.src_end], s.tag) for s in steps], lang)) or Markup("–"),
        Markup(" ").join(_marked("ins", [(new[s.dest_start : s.dest_end], s.tag) for s in steps], lang)) or Markup("–"),
    )


def _marked(element: str, parts: Sequence[tuple[list[str], str]], lang: str) -> Iterator[Markup]:
    said = Markup('<{0}><span class="said">{1} </span>{2}</{0}>')
    for words, tag in parts:
        text = escape(" ".join(words))
        if text:
            yield text if tag == "equal" else said.format(element, say(f"changes.{element}", lang), text)


def _rows(changes: Sequence[Change], lang: str) -> list[tuple[str, Markup, Markup]]:
    return [(change.what, *marked(change.before, change.after, lang)) for change in changes]


def fetches(tables: Tables, lang: str = "sv") -> Mapping[str, Any]:
    """A row a fetch, the newest first: its day, projects, what is told of how many, labels; and what is known now."""
    columns = columns_of("snapshots", lang, "retrieved_on", *COUNTS, "label_text")
    snapshots = tables["snapshots"].sort_values("retrieved_on", ascending=False, na_position="last", kind="stable")
    unknown = {"retrieved_on": say("summary.undated", lang), "label_text": "–"}
    rows = [cells_in_words(columns, row, lang) for row in rows_of(snapshots.fillna(unknown))]
    by_field = known_counts(tables)
    numbers = {name: decimal(by_field[name], lang) for name in ("titles", "periods", "amounts")}
    numbers |= counts(lang, findings=len(tables["findings"]), projects=by_field["projects"])
    return {"headings": [c.heading for c in columns], "rows": rows, "known": say("changes.known", lang, **numbers)}
