"""The changes as one accessible HTML file: "sedan förra redovisningen". Personal data is masked in the public edition."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from overkalix_data.comparison import Mask, change_counts, project_changes
from overkalix_data.html import render
from overkalix_data.records import Row
from overkalix_data.words import say


def changes_html(rows: Sequence[Row], *, lead: str, none: str, lang: str = "sv", mask: Mask = str) -> str:
    """The page of these rows of `changes`; `lead` says what was compared, `none` what is told where nothing changed."""
    return render(
        "forandringar.html", say=partial(say, lang=lang), lang=lang, lead=mask(lead), none=none,
        counts=change_counts(rows, lang), projects=project_changes(rows, lang, mask),
    )  # fmt: skip


def write_changes_page(rows: Sequence[Row], path: Path, *, fetched: tuple[str, str] | None, lang: str = "sv", mask: Mask = str) -> Path:
    """Writes the page of a report: `fetched` are the days of the two fetches (empty: unknown), None where there is one fetch only."""
    unknown = say("summary.undated", lang)
    lead = say("changes.lead", lang, old=fetched[0] or unknown, new=fetched[1] or unknown) if fetched else say("changes.first", lang)
    none = say("changes.none" if fetched else "changes.first", lang)
    path.write_text(changes_html(rows, lead=lead, none=none, lang=lang, mask=mask), encoding="utf-8", newline="\n")
    return path
