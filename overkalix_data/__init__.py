"""Överkalix project data: a municipality's project page as traceable tables, workbooks and charts.

import overkalix_data as od
data = od.load()
data.projects
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from overkalix_data.analyse.clean_data import Data, load

__all__ = ["Data", "__version__", "load"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`load` and `Data` when they are first asked for: they bring pandas, which `--help` and `show` do without."""
    if name not in ("Data", "load"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from overkalix_data.analyse import clean_data

    return getattr(clean_data, name)
