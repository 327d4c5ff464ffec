"""Sums of kronor by their public name: `from overkalix_data import amounts`; they are computed in `analyse.sums`."""

from overkalix_data.analyse.kronor import (
    Total,
    amount_counts,
    cost_counts,
    cost_total,
    counted_amounts,
    granted_total,
    listed_amounts,
    one_project,
    own_parts,
)

__all__ = [
    "Total", "amount_counts", "cost_counts", "cost_total", "counted_amounts", "granted_total", "listed_amounts",
    "one_project", "own_parts",
]  # fmt: skip
