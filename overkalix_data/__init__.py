"""Överkalix project data: a municipality's project page as traceable tables, workbooks and charts.

    import overkalix_data as od
    data = od.load()
    data.projects
"""

from overkalix_data.analyse.clean_data import Data, load

__all__ = ["Data", "__version__", "load"]
__version__ = "0.1.0"
