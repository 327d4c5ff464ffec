"""Funder packs: what each funder asks of a project, what is known of it, what must be asked. Never a funder's form."""
