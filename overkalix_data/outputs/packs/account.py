"""The sheet that accounts for a pack: where each value stands, where the fields were read, the rules that derive."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from overkalix_data.analyse.origins import Origins
from overkalix_data.base.codelist import code_label, codelist
from overkalix_data.base.words import say
from overkalix_data.base.xlsx_fit import pieces
from overkalix_data.outputs.packs.answers import LINKED, OF_TYPE
from overkalix_data.outputs.packs.pack import FunderPack
from overkalix_data.outputs.workbook.parts import NARROW_LABEL, of, own, plain_block
from overkalix_data.outputs.workbook.sheet import Sheet
from overkalix_data.schema import TABLES
from overkalix_data.schema.pack_fields import PackField

QUOTE_WIDTH = 64
PAGEFUL = 20
"""Rows after which the next table begins a page of its own: its heading could else stand alone at the foot of one."""
FUNDING = ("funding", "funding_total")
OF_TABLE = dict.fromkeys(("projects", "joined"), "projects") | dict.fromkeys(FUNDING, "project_funders")
"""Where a field comes from → the table whose columns it names."""


def origins_sheet(pack: FunderPack, origins: Origins, lang: str) -> Sheet:
    """Where every value of the pack stands, and where the funder's fields were read."""
    cited = ((p.label, a.field.title(lang), o) for p in pack.projects for a in p.answers for o in origins.of(a.cells))
    values = [[*of_what, o.source, o.quote or None, o.line, o.who or None, o.date or None] for *of_what, o in cited]
    rows = [row for one in values for row in continued(one, 3, QUOTE_WIDTH, 1, lang)]
    columns = [
        own("project", lang, NARROW_LABEL, key="label"),
        own("card_field", lang, 30),
        own("origin", lang, 40),
        of("evidence", "quote", lang, QUOTE_WIDTH, personal=False, none_applies=True),
        of("evidence", "line", lang, 9),
        of("additions", "who", lang, 18, none_applies=True),
        of("additions", "date", lang, 14, none_applies=True),
    ]
    asked = [
        [
            f.title(lang),
            code_label("pack_part", f.part, lang),
            code_label("pack_source", f.source, lang),
            taken_from(f, lang) or None,
        ]
        for f in pack.spec.fields
    ]
    asked_columns = [
        own("card_field", lang, NARROW_LABEL),
        own("part", lang, 18),
        own("field_source", lang, 40),
        own("comes_from_column", lang, 44, none_applies=True),
    ]
    widths = {"period": 16, "publicity": 40, "legal_list": 60, "programme_cci": 18, "field_source": 36}
    rules = [
        own("rule_for", lang, NARROW_LABEL),
        *(own(name, lang, width, none_applies=True) for name, width in widths.items()),
    ]
    blocks = [
        plain_block("pack_origins", columns, rows, say("pack.values", lang), nothing=say("pack.no_values", lang)),
        plain_block(
            "pack_rules", rules, _rules(pack, lang), say("pack.rules", lang), nothing=say("pack.no_rules", lang)
        ),
        plain_block("pack_fields", asked_columns, asked, say("pack.fields", lang)),
    ]
    blocks[1:] = [replace(block, new_page=len(before.frame) > PAGEFUL) for before, block in pairwise(blocks)]
    # A general pack's fields were read nowhere: there is no service to compare them with.
    notes = [say("pack.origins.note", lang)] if pack.spec.service(lang) else []
    return Sheet(*titles("pack_origins", lang), blocks, notes)


def taken_from(field: PackField, lang: str) -> str:
    """What a field is taken from, in the words of the sheets; empty where it is a row for others to fill in."""
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
        return TABLES[TABLES[LINKED[what]].leads_to[0]].title(lang) + kind
    if where == "themes":
        return f"{TABLES['themes'].title(lang)}: {TABLES['themes'].column(what).title(lang)}"
    return say("pack.a_rule", lang) if where else ""


def continued(row: Sequence[Any], at: int, width: float, name: int, lang: str) -> Iterator[list[Any]]:
    """The row, or one for each piece where its text at that place is longer than a row shows; column `name` says so."""
    texts = pieces(row[at], width) if isinstance(row[at], str) else [row[at]]
    for n, text in enumerate(texts):
        piece = [*row[:at], text, *row[at + 1 :]]
        piece[name] = say("pack.continued", lang, field=row[name]) if n else row[name]
        yield piece


def titles(key: str, lang: str) -> tuple[str, str, str]:
    """A sheet's name, title and subtitle."""
    name = say(f"pack.{key}", lang)
    return name, name, say(f"pack.{key}.about", lang)


def _rules(pack: FunderPack, lang: str) -> list[list[str | None]]:
    """The lines of the lists that period, publicity, CCI and legal list are derived by.

    For the funds of the pack's projects, those that its agencies can pass on where no fund is named, and the funder.
    """
    answers, names = pack.answers, {row["funder_id"]: row["name"] for row in codelist("funders")}
    named = {p: {str(r["funder_id"]) for r in answers.funding[p] if r["role_code"] == "fund"} for p in pack.project_ids}
    agencies = {
        str(agency["name"]): (row["fund_ids"].split("; "), row["source"])
        for project_id, funds in named.items()
        if not funds
        for agency, row in answers.agencies(project_id)
    }
    asked = {fund for funds in (*named.values(), *(funds for funds, _ in agencies.values())) for fund in funds}

    def passes_on(agency: str, funds: Sequence[str]) -> str:
        return say("pack.passes_on", lang, agency=agency, funds=", ".join(names[fund] for fund in funds))

    def publicity(row: Mapping[str, str]) -> str:
        return (lang == "en" and row["publicity_en"]) or row["publicity"]

    passed_on = [[passes_on(name, funds), "", "", "", "", source] for name, (funds, source) in agencies.items()]
    rest = (f"legal_list_{lang}", "programme_cci", "source")
    periods = [
        [names[row["fund_id"]], row["period"], publicity(row), *(row[name] for name in rest)]
        for row in codelist("programme_periods")
        if row["fund_id"] in asked
    ]
    national = [
        [pack.funder, "", row[lang], "", "", row["source"]]
        for row in codelist("national_publicity")
        if row["funder_id"] == pack.funder_id
    ]
    return [[cell or None for cell in row] for row in (*passed_on, *periods, *national)]
