"""Which column of a register says who pays what stands in each column of amounts."""

import re
from collections.abc import Sequence
from itertools import takewhile

from overkalix_data.base.lists import Lists
from overkalix_data.base.wording import pattern
from overkalix_data.documents.column_meaning import RegisterColumn

_INNER = re.compile(r"\.(?=\w)")
"""Between the keys of what stands inside another: `finansiering.medfinansiering`, and not `Övr. finansiärer`."""


def amounts_beside(columns: Sequence[RegisterColumn], lists: Lists, *, several: bool) -> dict[int, int]:
    """Place of an amount's column → place of the funder's column whose amount it is.

    `several`: a project has several rows, each with a funder of its own.
    """
    funders = [n for n, c in enumerate(columns) if c.field == "funder"]
    amounts = [n for n, c in enumerate(columns) if c.field == "granted"]
    if several and len(funders) == 1:
        return {amounts[0]: funders[0]} if amounts else {}
    if len(funders) < 2:
        return {
            a: f
            for a in amounts
            for f in funders
            if any(c.funder for c in columns)
            and (abs(a - f) == 1 or pattern(columns[f].heading).search(columns[a].heading))
        }
    numbered = {a: f for a in amounts for f in funders if columns[a].number and columns[a].number == columns[f].number}
    if numbered or any(columns[n].number for n in funders):
        return numbered or {a: max(f for f in funders if f < a) for a in amounts if any(f < a for f in funders)}
    # `Finansiär | Medfinansiär | Beviljat från finansiär`: the heading names the column. Else each amount is
    # that of the funder right before it.
    named = {a: f for a in amounts for f in funders if pattern(columns[f].heading).search(columns[a].heading)}
    others = lists.excluding_words.by("kind")["giver"]
    givers = [f for f in funders if not others.match(_INNER.split(columns[f].heading)[-1])]
    if len(amounts) == len(givers) == 1 and not named:
        return {amounts[0]: givers[0]}  # `Finansiär | Övriga finansiärer | Beviljat`
    inside = {a: f for a in amounts if (f := _kin(a, funders, columns)) is not None}
    return {a: a - 1 for a in amounts if a - 1 in funders} | named | inside


def _kin(amount: int, funders: Sequence[int], columns: Sequence[RegisterColumn]) -> int | None:
    """The one funder whose heading stands under most of the same outer keys: `funding.amount`, `funding.funder`."""
    paths = {n: columns[n].heading.split(".")[:-1] for n in (amount, *funders)}
    shared = {
        n: len([*takewhile(lambda pair: pair[0] == pair[1], zip(paths[amount], paths[n], strict=False))])
        for n in funders
    }
    best = [n for n in funders if shared[n] == max(shared.values()) > 0]
    return best[0] if len(best) == 1 else None
