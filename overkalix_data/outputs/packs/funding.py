"""The sheet of a pack's money: each financier's part, then each project's total beside the sum of its parts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from overkalix_data.base.codelist import code_label
from overkalix_data.base.words import say
from overkalix_data.outputs.packs.account import PAGEFUL, titles
from overkalix_data.outputs.packs.money import FundingPart, funding_parts
from overkalix_data.outputs.packs.pack import FunderPack
from overkalix_data.outputs.workbook.parts import NARROW_LABEL, choices, columns_of, of, own, plain_block
from overkalix_data.outputs.workbook.sheet import Formula, Sheet, SheetTable
from overkalix_data.schema.frames import Tables

ID_WIDTH = 40


def funding_sheet(pack: FunderPack, tables: Tables, lang: str) -> Sheet:
    """One row a financier and form; then each project's total beside the sum of its parts, never corrected."""
    parts, labels = funding_parts(tables, pack.project_ids), {p.project_id: p.label for p in pack.projects}
    asked = [pack.spec.funding] if pack.spec.funding else []

    def detail(part: FundingPart, code: str) -> Any:
        return pack.answers.detail(part.project_id, code, part.funder_id)[0]

    def words(codelist: str, code: str) -> str | None:
        return code_label(codelist, code, lang) or None

    def own_to_funder(part: FundingPart) -> Any:
        """What this funder alone asks for: what its form calls the part, or its appropriation."""
        is_leader = asked == ["leader_funding"]
        return words("leader_funding", part.kind_code) if is_leader else detail(part, "appropriation_code")

    rows = [
        [labels[part.project_id], part.funder, words("role", part.role_code), words("publicness", part.publicness_code),
         *(own_to_funder(part) for _ in asked), words("contribution", part.form_code), part.amount,
         detail(part, "paid_sek"), part.decision_date, part.reference_number,
         words("yes_no", "yes" if part.is_counted else "no"), part.project_id]
        for part in parts
    ]  # fmt: skip
    columns = [
        own("project", lang, NARROW_LABEL, key="label"), own("funder", lang, 34),
        of("project_funders", "role_code", lang, 22), own("publicness", lang, 14, choices=choices("publicness", lang)),
        *(own(listed, lang, 30, choices=choices(listed, lang)) for listed in asked),
        of("project_funders", "contribution_code", lang, 20, key="form"),
        own("amount", lang, 16, "money"), own("paid", lang, 16, "money"),
        *columns_of("project_funders", lang, "decision_date", "reference_number"), own("in_total", lang, 14),
        of("projects", "project_id", lang, ID_WIDTH),
    ]  # fmt: skip
    blocks = [plain_block("pack_funding", columns, rows, say("pack.parts", lang)), _totals(pack, parts, lang)]
    return Sheet(*titles("pack_funding", lang), blocks, [say("pack.pack_funding.note", lang)], printed=len(columns) - 1)


def _totals(pack: FunderPack, parts: Sequence[FundingPart], lang: str) -> SheetTable:
    """Live: the sum of the parts that are in the total, known for how many of how many, and what the total is more."""
    yes, unknown = code_label("yes_no", "yes", lang), say("unknown", lang)
    mine = f'{{pack_funding.project_id}},A{{row}},{{pack_funding.in_total}},"{yes}"'
    known = f'COUNTIFS({mine},{{pack_funding.amount}},">=0")'
    summed = f'IF({known}=0,"{unknown}",SUMIFS({{pack_funding.amount}},{mine}))'
    left = f'IF(AND(ISNUMBER(C{{row}}),ISNUMBER(D{{row}})),C{{row}}-D{{row}},"{unknown}")'
    rows = []
    for project in pack.projects:
        counted = [part for part in parts if part.project_id == project.project_id and part.is_counted]
        amounts = [part.amount for part in counted if part.amount is not None]
        total = pack.answers.projects[project.project_id]["total_cost_sek"]
        formulas = [
            Formula(summed, sum(amounts) if amounts else unknown),
            Formula(known, len(amounts)),
            Formula(f"COUNTIFS({mine})", len(counted)),
            Formula(left, total - sum(amounts) if amounts and total is not None else unknown),
        ]
        rows.append([project.project_id, project.label, total, *formulas])
    columns = [
        of("projects", "project_id", lang, ID_WIDTH), own("project", lang, 34, key="label"),
        of("projects", "total_cost_sek", lang, 16), own("sum_of_parts", lang, 16, "money"),
        own("known", lang, 12, "int"), own("of", lang, 10, "int"), own("difference", lang, 16, "money"),
    ]  # fmt: skip
    return replace(plain_block("pack_totals", columns, rows, say("pack.totals", lang)), new_page=len(parts) > PAGEFUL)
