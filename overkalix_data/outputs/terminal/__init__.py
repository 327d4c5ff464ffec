"""The terminal: in come checked tables or read records, out come the lines that a command prints."""
