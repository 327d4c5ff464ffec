"""Pages and the ledger → rows of every table with lasting ids: which project is which; imports curation and below."""
