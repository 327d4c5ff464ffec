"""The sheets of how it is known: changes, findings, checks, sources, and how the book is read."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from overkalix_data.analyse import known_counts
from overkalix_data.analyse.changes import project_changes
from overkalix_data.base.codelist import code_label
from overkalix_data.base.page_names import labels_beside
from overkalix_data.base.words import counts, decimal, say
from overkalix_data.checks.to_do import by_severity, worst_first
from overkalix_data.curation.form_sheets import field_label, value_label
from overkalix_data.outputs.workbook.parts import columns_of, label_column, of, one_sheet, own, plain_block, table_sheet
from overkalix_data.outputs.workbook.sheet import Link, Sheet, SheetColumn
from overkalix_data.schema import TABLES
from overkalix_data.schema.frames import Tables, rows_of

TERMS = ("unknown", "none", "label", "own", "intermediary", "counted", "amount_counted", "basis", "readers")
"""What the book explains of its own words, in order."""
FETCH = ("retrieved_on", "projects", "titles", "periods", "amounts", "contacts", "label_text", "source_id")


def changes_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a change since the last fetch, in the words of the page of changes: no codes, no names of columns."""
    rows = [
        [project.label, c.what, c.before or None, c.after or None, project.lines or None, project.project_id]
        for project in project_changes(rows_of(tables["changes"]), lang)
        for c in project.changes
    ]
    headings = (("changes.what", 26), ("changes.before", 40), ("changes.after", 40), ("changes.where", 22))
    columns = [
        label_column(lang),
        *(SheetColumn(h, say(h, lang), width=w, none_applies=True) for h, w in headings),
        of("changes", "project_id", lang),
    ]
    title = TABLES["changes"].title(lang)
    fetched = tables["snapshots"]["previous_id"].notna().any()
    subtitle = say("book.subtitle", lang, about=TABLES["changes"].description(lang), count=decimal(len(rows), lang))
    nothing = say("changes.none" if fetched else "changes.first", lang)
    return Sheet(title, title, subtitle, [plain_block("changes", columns, rows, nothing=nothing)])


def quality_sheet(tables: Tables, lang: str) -> Sheet:
    """The checks that failed, each finding of theirs, and the other checks; on paper what is worse than a note."""
    failed, passed = (checks_sheet(tables, lang, failed=failed) for failed in (True, False))
    parts = [failed, findings_sheet(tables, lang), passed]
    return one_sheet(say("book.quality", lang), say("book.quality.about", lang), parts, printed=5)


def findings_sheet(tables: Tables, lang: str) -> Sheet:
    """One row a finding, the worst first."""
    titles = tables["checks"].set_index("rule_id")["title"]
    frame = tables["findings"].assign(title=tables["findings"]["rule_id"].map(titles))
    frame = frame.sort_values(["severity", "rule_id", "line"], key=by_severity)
    labels = labels_beside(rows_of(tables["sources"]))
    pages = [of("findings", "source_id", lang, 22)] if labels else []
    if labels:
        frame["source_id"] = frame["source_id"].map(labels)
    columns = [
        of("checks", "title", lang, 52), of("findings", "severity", lang), of("findings", "line", lang), *pages,
        of("findings", "value", lang, 70, personal=False),
        *columns_of("findings", lang, "message", "suggestion", "accepted_text", "rule_id", personal=False),
    ]  # fmt: skip
    return table_sheet("findings", frame, columns, lang, on_paper=0, nothing=say("summary.none", lang))


def checks_sheet(tables: Tables, lang: str, *, failed: bool) -> Sheet:
    """One row a rule and how it went: those that failed, or the others."""
    frame = worst_first(tables["checks"][(tables["checks"]["failed"] > 0) == failed])
    names = ("title", "severity", "failed", "remedy", "why", "applicable", "not_applicable", "dimension", "rule_id")
    table, name = ("checks", "") if failed else ("checks_passed", say("book.passed", lang))
    sheet = table_sheet("checks", frame, columns_of("checks", lang, *names, tones=()), lang, name=name)
    severe = int((frame["severity"] != "info").sum()) if failed else 0
    return replace(sheet, blocks=[replace(sheet.blocks[0], table=table, on_paper=severe or None)])


def sources_sheet(tables: Tables, lang: str) -> Sheet:
    """The files that were read, and what people added with where they have it from."""
    counts = tables["snapshots"][["source_id", "projects"]]
    sources = tables["sources"].merge(counts, on="source_id", how="left", validate="1:1")
    urls = [None if pd.isna(u) else Link(str(u), url=str(u)) for u in sources["url"]]
    sources = sources.assign(url=pd.Series(urls, dtype=object))
    columns = [
        of("sources", "path", lang), of("sources", "url", lang, 60), of("sources", "retrieved_on", lang),
        own("projects", lang, 12, "int"), of("sources", "licence", lang, 24),
        *columns_of("sources", lang, "media_type", "encoding", "sha256", "source_id"),
    ]  # fmt: skip
    read = table_sheet("sources", sources, columns, lang)
    labels = dict(zip(tables["projects"]["project_id"], tables["projects"]["label"], strict=True))
    rows = [
        [labels.get(r["project_id"], r["project_id"]), r["source"], field_label(str(r["field"]), lang),
         value_label(str(r["field"]), str(r["value"] or ""), lang), code_label("outcome", str(r["outcome_code"]), lang),
         *(r[name] for name in ("who", "date", "note")), f"{r['file']}, {r['place']}"]
        for r in rows_of(tables["additions"])
    ]  # fmt: skip
    given = [
        own("project", lang, 44), of("additions", "source", lang, 60), of("additions", "field", lang),
        of("additions", "value", lang, personal=False), of("additions", "outcome_code", lang, 24),
        *columns_of("additions", lang, "who", "date"),
        of("additions", "note", lang, personal=False, none_applies=True), own("stands_in", lang, 30),
    ]  # fmt: skip
    nothing = say("book.nothing.additions", lang)
    newest = tables["snapshots"].sort_values("retrieved_on", ascending=False, na_position="last", kind="stable")
    over_time = table_sheet("snapshots", newest, columns_of("snapshots", lang, *FETCH), lang)
    fetched = replace(over_time.blocks[0], heading=say("quality.over_time.caption", lang))
    first = plain_block("sources", columns, list(read.blocks[0].rows()), TABLES["sources"].title(lang))
    second = plain_block("additions", given, rows, TABLES["additions"].title(lang), nothing=nothing)
    return Sheet(read.name, read.title, read.subtitle, [first, fetched, replace(second, on_paper=0)])


def about_sheet(tables: Tables, source: str, lang: str) -> Sheet:
    """How the book is read: what is known, and what its words mean."""
    numbers_of, of = known_counts(tables), {"funders": len(tables["funders"]), "links": len(tables["project_funders"])}
    numbers = {name: decimal(count, lang) for name, count in numbers_of.items()}
    numbers |= counts(lang, projects=numbers_of["projects"], texts=numbers_of["texts"], **of)
    notes = [say(f"book.about.{key}", lang, **numbers, source=source) for key in ("what", "known", "edit")]
    columns = [own("term", lang, 34), own("meaning", lang, 60)]
    rows = [[say(f"book.term.{key}", lang), say(f"book.term.{key}.about", lang)] for key in TERMS]
    title, block = say("book.about", lang), replace(plain_block("terms", columns, rows), on_paper=0)
    return Sheet(title, title, say("book.about.subtitle", lang), [block], notes)


def contents(sheets: Sequence[Sheet]) -> list[list[Link | int]]:
    """A row a table: its sheet and what it is called there, leading to it, and how many rows it has."""
    rows: list[list[Link | int]] = []
    for sheet in sheets:
        first, *_ = headers = sheet.header_rows()
        for block, header in zip(sheet.blocks, headers, strict=True):
            name = f"{sheet.name}: {block.heading.partition('.')[0]}" if block.heading else sheet.name
            rows.append([Link(name, sheet=sheet.name, row=header - first), len(block.frame)])
    return rows
