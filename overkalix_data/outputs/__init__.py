"""What people get: charts, workbooks, packs, letters, pages and the terminal.

In come checked tables; imports checks and below.
"""
