"""Words → one canonical value: a span of text in; dates, kronor, funders, people, places out; imports base."""
