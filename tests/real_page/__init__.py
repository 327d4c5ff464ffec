"""The real page: the truth that people typed of it, and its words in other looks."""
