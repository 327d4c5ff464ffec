"""`overkalix diff`: two files as two fetches of one page → what changed, as text, HTML or CSV."""

from dataclasses import replace
from pathlib import Path

from overkalix_data.analyse.changes import change_csv, change_lines
from overkalix_data.base.words import say
from overkalix_data.documents.source import read_sources
from overkalix_data.identity.ledger import read_ledger
from overkalix_data.identity.read_projects import read_pages
from overkalix_data.outputs.pages.changes import changes_html


def compared(old: str, new: str, curated: Path, form: str = "text", lang: str = "sv") -> str:
    """What changed from file `old` to file `new`, in the `form` asked for: `text`, `html` or `csv`.

    Projects that the ledger knows have their lasting ids. Raises InputError where a file cannot be read.
    """
    (before, *_), (after, *_) = read_sources(old), read_sources(new)
    page = after.url or before.url or after.path
    earlier = replace(before, url=page, source_id=f"{before.source_id}-old", previous=None)
    records = read_pages([replace(after, url=page, previous=earlier)], read_ledger(curated)).records
    rows = records.table("changes")
    if form == "csv":
        return change_csv(rows)
    lead = say("changes.files", lang, old=before.path, new=after.path)
    if form == "html":
        return changes_html(rows, lead=lead, unchanged=say("changes.none", lang), lang=lang)
    return "\n".join([lead, "", *change_lines(rows, lang)])
