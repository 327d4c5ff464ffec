"""Tables → findings that say what to do, by the rules and by Great Expectations; imports analyse and below."""
