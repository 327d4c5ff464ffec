"""Workbooks described as data: which sheets, which tables, which words. `excel` writes them; nothing here knows a file format."""
