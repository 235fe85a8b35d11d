"""Writing, finding and taking back records."""
