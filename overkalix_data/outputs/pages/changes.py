"""The changes as one accessible HTML file: "sedan förra redovisningen"."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from overkalix_data.analyse.changes import change_counts, project_changes
from overkalix_data.base.words import say
from overkalix_data.outputs.pages.render import render
from overkalix_data.schema.frames import Tables, rows_of
from overkalix_data.schema.records import Row


def changes_html(rows: Sequence[Row], *, lead: str, unchanged: str, lang: str = "sv") -> str:
    """The page of these rows of `changes`; `lead`: what was compared; `unchanged`: what to say of no change."""
    return render(
        "forandringar.html", say=partial(say, lang=lang), lang=lang, lead=lead, unchanged=unchanged,
        counts=change_counts(rows, lang), projects=project_changes(rows, lang),
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
    path.write_text(
        changes_html(rows_of(tables["changes"]), lead=lead, unchanged=unchanged, lang=lang),
        encoding="utf-8",
        newline="\n",
    )
    return path
