"""Rules → findings: in come tables, out come findings that say what to do, and Great Expectations suites; imports
analyse and below."""
