"""Which of the places that its texts name a project can be at: for packs, where a place is a field of the funder."""

import re
from collections.abc import Mapping
from typing import Any

TOO_LARGE = frozenset({"county", "country"})
"""Kinds of place that a text names in passing: that the goal is visitors from Norway puts nothing in Norway."""
TEXTS = ("title", "goal", "purpose", "description", "results", "target_group_text")
OUTSIDE = r"utanför\s+(?:\w+\s+)?"


def is_site_of(project: Mapping[str, Any], place: Mapping[str, Any]) -> bool:
    """Whether a project can be at a place: no county or country, nor what its texts name only as outside of it."""
    if place["kind_code"] in TOO_LARGE:
        return False
    text, name = "\n".join(str(project[c]) for c in TEXTS if project[c]), rf"{re.escape(str(place['name']))}s?\b"
    outside = len(re.findall(OUTSIDE + name, text, re.IGNORECASE))
    return not outside or outside < len(re.findall(rf"\b{name}", text, re.IGNORECASE))
