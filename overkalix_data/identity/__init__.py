"""Which project is which: in come read pages and the ledger, out come rows of every table with lasting ids;
imports curation and below."""
