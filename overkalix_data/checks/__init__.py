"""Tables → findings that say what to do, and Great Expectations suites, by the rules; imports analyse and below."""
