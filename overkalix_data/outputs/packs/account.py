"""The sheet of a pack that accounts for it: where every value stands, where the funder's fields were read, and the rules that derive."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from overkalix_data.analyse.origins import Origins
from overkalix_data.base.codelist import code_label, codelist
from overkalix_data.base.words import say
from overkalix_data.outputs.packs.answers import LINKED, OF_TYPE
from overkalix_data.outputs.packs.pack import FunderPack
from overkalix_data.outputs.workbook.fit import pieces
from overkalix_data.outputs.workbook.parts import NARROW_LABEL, of, own, plain_block
from overkalix_data.outputs.workbook.sheet import Sheet
from overkalix_data.schema import TABLES
from overkalix_data.schema.pack_fields import PackField

QUOTE_WIDTH = 64
PAGEFUL = 20
"""Rows after which the next table begins a page of its own, or its heading could stand alone at the foot of this one."""
OF_TABLE = {
    "projects": "projects",
    "joined": "projects",
    "funding": "project_funders",
    "funding_total": "project_funders",
}
"""Where a field comes from → the table whose columns it names."""


def origins_sheet(pack: FunderPack, origins: Origins, lang: str) -> Sheet:
    """Where every value of the pack stands, and where the funder's fields were read."""
    rows = [
        row for project in pack.projects for answer in project.answers for o in origins.of(answer.cells)
        for row in continued([project.label, answer.field.title(lang), o.source, o.quote or None, o.line, o.who or None, o.date or None], 3, QUOTE_WIDTH, 1, lang)
    ]  # fmt: skip
    columns = [
        own("project", lang, NARROW_LABEL, key="label"), own("card_field", lang, 30), own("origin", lang, 40),
        of("evidence", "quote", lang, QUOTE_WIDTH, personal=False, none_applies=True), of("evidence", "line", lang, 9),
        of("additions", "who", lang, 18, none_applies=True), of("additions", "date", lang, 14, none_applies=True),
    ]  # fmt: skip
    asked = [
        [f.title(lang), code_label("pack_part", f.part, lang), f.source, taken_from(f, lang) or None]
        for f in pack.spec.fields
    ]
    told = [
        own("card_field", lang, NARROW_LABEL),
        own("part", lang, 18),
        own("field_source", lang, 40),
        own("comes_from_column", lang, 44, none_applies=True),
    ]
    rules = [own("rule_for", lang, NARROW_LABEL), own("period", lang, 16, none_applies=True), own("publicity", lang, 40, none_applies=True),
             own("legal_list", lang, 60, none_applies=True), own("programme_cci", lang, 18, none_applies=True), own("field_source", lang, 36, none_applies=True)]  # fmt: skip
    blocks = [
        plain_block("pack_origins", columns, rows, say("pack.values", lang), nothing=say("pack.no_values", lang)),
        plain_block("pack_fields", told, asked, say("pack.fields", lang)),
        plain_block(
            "pack_rules", rules, _rules(pack, lang), say("pack.rules", lang), nothing=say("pack.no_rules", lang)
        ),
    ]
    blocks[1:] = [replace(block, new_page=len(before.frame) > PAGEFUL) for before, block in pairwise(blocks)]
    return Sheet(*titles("pack_origins", lang), blocks, [say("pack.origins.note", lang)])


def taken_from(field: PackField, lang: str) -> str:
    """What a field is taken from, in the words of the sheets where it stands; empty where it is a row for others to fill in."""
    where, _, what = field.comes_from.partition(".")
    if where in OF_TABLE:
        table = TABLES[OF_TABLE[where]]
        return f"{table.title(lang)}: {', '.join(table.column(name).title(lang) for name in what.split())}"
    if where == "detail":
        detail, _, item = what.partition(":")
        of_item = f" ({code_label('indicator', item, lang)})" if item else ""
        return f"{say('form.details', lang)}: {code_label('detail', detail, lang)}{of_item}"
    if where == "linked":
        kind = f": {code_label('funder_type', OF_TYPE[what], lang)}" if what in OF_TYPE else ""
        return TABLES[LINKED[what][1]].title(lang) + kind
    if where == "themes":
        return f"{TABLES['themes'].title(lang)}: {TABLES['themes'].column(what).title(lang)}"
    return say("pack.a_rule", lang) if where else ""


def continued(row: Sequence[Any], at: int, width: float, name: int, lang: str) -> Iterator[list[Any]]:
    """The row, or where its text at that place is longer than a row can show, one row for each piece; column `name` says so."""
    texts = pieces(row[at], width) if isinstance(row[at], str) else [row[at]]
    for n, text in enumerate(texts):
        told = [*row[:at], text, *row[at + 1 :]]
        told[name] = say("pack.continued", lang, field=row[name]) if n else row[name]
        yield told


def titles(key: str, lang: str) -> tuple[str, str, str]:
    """A sheet's name, title and subtitle."""
    name = say(f"pack.{key}", lang)
    return name, name, say(f"pack.{key}.about", lang)


def _rules(pack: FunderPack, lang: str) -> list[list[str | None]]:
    """The lines of the lists that period, publicity, CCI and legal list are derived by: for the funds of the pack's projects, those that
    its agencies can pass on where no fund is named, and the funder itself."""
    known, names = pack.answers, {row["funder_id"]: row["name"] for row in codelist("funders")}
    named = {p: {str(r["funder_id"]) for r in known.funding[p] if r["role_code"] == "fund"} for p in pack.project_ids}
    agencies = {
        str(a["name"]): (row["fund_ids"].split("; "), row["source"])
        for p in pack.project_ids
        if not named[p]
        for a, row in known.agencies(p)
    }
    asked = {fund for funds in (*named.values(), *(funds for funds, _ in agencies.values())) for fund in funds}
    passed_on = [
        [
            say("pack.passes_on", lang, agency=agency, funds=", ".join(names[f] for f in funds)),
            None,
            None,
            None,
            None,
            source,
        ]
        for agency, (funds, source) in agencies.items()
    ]
    periods = [
        [names[r["fund_id"]], r["period"], (lang == "en" and r["publicity_en"]) or r["publicity"] or None, r[f"legal_list_{lang}"] or None,
         r["programme_cci"] or None, r["source"] or None]
        for r in codelist("programme_periods") if r["fund_id"] in asked
    ]  # fmt: skip
    national = [
        [pack.funder, None, r[lang], None, None, r["source"]]
        for r in codelist("national_publicity")
        if r["funder_id"] == pack.funder_id
    ]
    return [*passed_on, *periods, *national]
