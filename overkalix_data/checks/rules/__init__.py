"""The rules about the list: a function is the rule of its own name, and a row of a module's `TABLED` is one too."""

from importlib import import_module
from pkgutil import iter_modules

from overkalix_data.checks.rules.catalogue import RuleFunction, Verdict, catalogue

__all__ = ["RULES", "Verdict", "catalogue"]

RULES: dict[str, RuleFunction] = {}
for _module in iter_modules(__path__):
    _named = vars(import_module(f"{__name__}.{_module.name}"))
    _rules = {name.replace("_", "-"): made for name, made in _named.items()} | _named.get("TABLED", {})
    RULES |= {rule_id: made for rule_id, made in _rules.items() if rule_id in catalogue()}
