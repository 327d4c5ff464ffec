"""The pages: in come checked tables, out comes HTML that stands alone, in both editions."""
