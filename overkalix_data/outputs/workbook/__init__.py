"""Workbooks described as data: which sheets, tables and words; `xlsx` writes them, nothing here knows a file format."""
