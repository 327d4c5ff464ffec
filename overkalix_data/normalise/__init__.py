"""Words of the page → canonical values: one idea a module, pure functions, no import of anything above."""
