"""The open-data kit: in come public tables and what a person decided, out come files that others' tools take as they are."""
