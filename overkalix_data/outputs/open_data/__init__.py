"""The open-data kit: public tables and a person's decisions in, files that others' tools take as they are out."""
