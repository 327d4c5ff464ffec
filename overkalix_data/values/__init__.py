"""Words → one canonical value: in comes a span of text, out come dates, kronor, funders, people and places; imports base and schema."""
