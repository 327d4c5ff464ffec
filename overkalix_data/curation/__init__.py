"""What people add in `data/curated`: read, checked, laid over what the page says, and never lost."""
