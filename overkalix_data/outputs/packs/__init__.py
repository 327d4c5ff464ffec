"""Funder packs: what each funder asks of a project, what is known of it, and what must be asked. Worksheets, never a form of the funder."""
