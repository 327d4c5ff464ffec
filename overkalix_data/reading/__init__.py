"""Parts → projects: in come the lines of a source, out come projects with their fields and spans; imports documents and below."""
