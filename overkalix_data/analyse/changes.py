"""What changed since the page was last fetched, for people: grouped by project, with the words that differ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from overkalix_data.base.codelist import code_label, codes, csv_text
from overkalix_data.base.wording import fold, sentences
from overkalix_data.base.words import say
from overkalix_data.schema import TABLES
from overkalix_data.schema.records import Row

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that Excel takes for a formula when it opens a CSV file."""


@dataclass(frozen=True)
class Change:
    """One change in words: what, before and after (empty: there is none)."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class ProjectChanges:
    """A project, where it stands, and its changes in the list's order."""

    project_id: str
    label: str
    lines: str
    changes: list[Change]


def project_changes(rows: Sequence[Row], lang: str = "sv") -> list[ProjectChanges]:
    """The rows of `changes` by project: new projects first, then those that changed, then those that are gone."""
    order = list(codes("change"))
    by_project: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda r: (order.index(str(r["change_code"])), str(r["project_id"]), r["position"])):
        by_project.setdefault(str(row["project_id"]), []).append(row)
    return [
        ProjectChanges(project, str(of[0].get("label") or project), _lines(of[0], lang), [_change(r, lang) for r in of])
        for project, of in by_project.items()
    ]


def change_counts(rows: Sequence[Row], lang: str = "sv") -> list[tuple[str, int]]:
    """How many projects each kind of change concerns, in the list's order; kinds that none has are left out."""
    counted = Counter(code for code, _ in {(str(r["change_code"]), r["project_id"]) for r in rows})
    return [(code_label("change", code, lang), counted[code]) for code in codes("change") if counted[code]]


def change_lines(rows: Sequence[Row], lang: str = "sv") -> list[str]:
    """For the terminal: a heading and its changes for every project; what is told for a list without changes."""
    lines = [f"{words}: {count}" for words, count in change_counts(rows, lang)]
    for project in project_changes(rows, lang):
        lines += ["", f"{project.label}  [{project.project_id}{', ' + project.lines if project.lines else ''}]"]
        for change in project.changes:
            lines.append(f"  {change.what}")
            lines += [f"    {sign} {words}" for sign, words in (("-", change.before), ("+", change.after)) if words]
    return lines or [say("changes.none", lang)]


def change_csv(rows: Sequence[Row]) -> str:
    """The rows of `changes` as CSV of the schema's columns, for Excel: what could be a formula is held as text."""
    held = ({column: _held(value) for column, value in row.items()} for row in rows)
    return csv_text(held, (column.name for column in TABLES["changes"].columns))


def _held(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _change(row: Row, lang: str) -> Change:
    before, after = (str(row.get(c) or "") for c in ("old_text", "new_text"))
    code, column = str(row["change_code"]), str(row["column"])
    what = code_label("change", code, lang)
    if column == "status_code":
        before, after = (code_label("status", words, lang) for words in (before, after))
    elif code in ("reworded", "period"):
        what = f"{what}: {TABLES['projects'].column(column).title(lang)}"
        before, after = _differing(before, after) if code == "reworded" else (before, after)
    return Change(what, before, after)


def _differing(before: str, after: str) -> tuple[str, str]:
    """The sentences of each that the other has not: a long text with one changed sentence is told by that sentence."""
    split = [[text[a:b] for a, b in sentences(text)] for text in (before, after)]
    folded = [{fold(s) for s in parts} for parts in split]
    return tuple(
        " … ".join(s for s in parts if fold(s) not in other) or whole
        for parts, other, whole in zip(split, reversed(folded), (before, after), strict=True)
    )  # type: ignore[return-value]


def _lines(row: Row, lang: str) -> str:
    old, new = row.get("old_line"), row.get("new_line")
    if old and new:
        return say("changes.lines", lang, old=old, new=new)
    return say("show.line", lang, line=old or new) if old or new else ""
