"""Questions to the tables, each answered by a small tidy frame. Knows tables only: no pages, no parsers.

A project counts once for each key it has; with `duplicates=False` a text that stands twice on the page counts once.
A project that stands on several pages is one, always, and has what all of them say.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from overkalix_data.analyse.conclusions import funding_conclusions, theme_conclusions
    from overkalix_data.analyse.counts import known_counts, projects_per_funder, projects_per_publisher, source_names
    from overkalix_data.analyse.eu import eu_money
    from overkalix_data.analyse.mix import co_funding, funding_chains, funding_mix
    from overkalix_data.analyse.pivot import wide
    from overkalix_data.analyse.state import by_status, completeness, contact_load, portfolio_by_type, timeline
    from overkalix_data.analyse.subjects import (
        concentration,
        target_groups,
        target_groups_by_funder,
        theme_matrix,
        themes,
        themes_by_funder,
    )

__all__ = [
    "by_status", "co_funding", "completeness", "concentration", "contact_load", "eu_money", "funding_chains",
    "funding_conclusions", "funding_mix", "known_counts", "portfolio_by_type", "projects_per_funder",
    "projects_per_publisher", "source_names", "target_groups", "target_groups_by_funder", "theme_conclusions",
    "theme_matrix", "themes", "themes_by_funder", "timeline", "wide",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """The questions when the first of them is asked: they bring pandas, which `od.load()` does without."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    parts = ("conclusions", "counts", "eu", "mix", "pivot", "state", "subjects")
    for module in (import_module(f"{__name__}.{part}") for part in parts):
        globals().update({question: getattr(module, question) for question in __all__ if hasattr(module, question)})
    return globals()[name]
