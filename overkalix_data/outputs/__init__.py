"""What people get: in come checked tables, out come charts, workbooks, packs, letters, pages and the terminal; imports checks and below."""
