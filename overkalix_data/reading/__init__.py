"""Parts → projects: a source's lines in, projects with fields and spans out; imports documents and below."""
