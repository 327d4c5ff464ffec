"""A file → its parts: in come bytes, out comes a source's text in lines, each part with its place; imports base, schema and values."""
