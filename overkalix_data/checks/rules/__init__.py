"""The rules about the list: importing this package enters them all in the catalogue."""

from overkalix_data.checks.rules import (
    accuracy,
    cells,
    completeness,
    consistency,
    curation,
    identity,
    money,
    page,
    privacy,
    publicity,
    sources,
    timeliness,
)
from overkalix_data.checks.rules.catalogue import RULES, Verdict, catalogue

__all__ = [
    "RULES",
    "Verdict",
    "accuracy",
    "catalogue",
    "cells",
    "completeness",
    "consistency",
    "curation",
    "identity",
    "money",
    "page",
    "privacy",
    "publicity",
    "sources",
    "timeliness",
]  # fmt: skip
