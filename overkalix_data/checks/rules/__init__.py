"""The rules about the list: importing this package enters them all in the catalogue."""

from importlib import import_module
from pkgutil import iter_modules

from overkalix_data.checks.rules.catalogue import RULES, Verdict, catalogue

__all__ = ["RULES", "Verdict", "catalogue"]

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")
