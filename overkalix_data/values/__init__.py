"""Words → one canonical value: a span of text comes in, dates, kronor, funders, people and places go out; imports base."""
