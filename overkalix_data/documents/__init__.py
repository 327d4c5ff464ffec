"""A file → its parts: bytes in, a source's lines out, each part with its place; imports base, schema and values."""
