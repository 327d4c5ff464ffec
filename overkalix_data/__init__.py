"""Överkalix project data: a municipality's project page as traceable tables, workbooks and charts."""

__version__ = "0.1.0"
