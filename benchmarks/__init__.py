"""How long it takes, beside what else could be used: `make bench` writes `results.md`, `make bench-check` holds it against what is committed."""
