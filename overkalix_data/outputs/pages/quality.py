"""The quality report as one accessible HTML file: no foreign host, no script, nobody named in the public edition."""

from functools import partial
from pathlib import Path

from overkalix_data.analyse import known_counts, source_names
from overkalix_data.base.codelist import code_label, codes
from overkalix_data.base.files import written
from overkalix_data.base.words import counted, say
from overkalix_data.checks import to_do as quality
from overkalix_data.outputs.pages.changes import fetches
from overkalix_data.outputs.pages.render import render
from overkalix_data.schema.frames import Tables

SHOWN = 10
"""A rule with more findings than this shows them folded: the count and the remedy come first."""


def write_quality_page(tables: Tables, path: Path, *, as_of: str, lang: str = "sv", edition: str = "internal") -> Path:
    """Writes the page of an edition: `internal` has the ask-list by contact, `public` names nobody. Gives the path."""
    groups = quality.failed_by_mender(tables, lang)
    passed, idle = quality.passed(tables, lang)
    failed = [rule["severity_code"] for rules in groups.values() for rule in rules]
    page = render(
        "kvalitet.html", lang, as_of=as_of, source=source_names(tables),
        projects=counted("n.projects", known_counts(tables)["projects"], lang),
        severities=[(code, code_label("severity", code, lang), failed.count(code)) for code in codes("severity")],
        groups=groups, passed=passed, idle=idle, in_common=quality.in_common, shown=SHOWN,
        asks=quality.ask_list(tables, as_of, lang) if edition == "internal" else {},
        table_of=partial(_table, lang=lang), fetches=fetches(tables, lang),
    )  # fmt: skip
    return written(path, page)


def _table(rule: quality.RuleReport, lang: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """Headings, and a row a finding: where, what (and why it is accepted), the page's words, a suggestion.

    What no finding has, and words that every finding quotes, are no columns.
    """
    columns: dict[str, list[str]] = {name: [] for name in ("line", "finding", "quote", "suggestion")}
    for f in rule["findings"]:
        where = ", ".join(filter(None, (str(f["line"]), f["page"])))
        accepted = say("quality.accepted", lang, reason=f["accepted_text"]) if f["accepted_text"] else ""
        columns["line"].append(say("quality.whole", lang) if f["line"] is None else where)
        columns["finding"].append(f"{f['message']} {accepted}".strip())
        is_told = f["row_id"] is None or str(f["value"]) in f["message"]
        columns["quote"].append("" if is_told else f["value"] or "")
        columns["suggestion"].append(f["suggestion"] or "")
    filled = {name: cells for name, cells in columns.items() if any(cells)}
    rows = zip(*([cell or "–" for cell in cells] for cells in filled.values()), strict=True)
    return [say(f"quality.{name}", lang) for name in filled], list(rows)
