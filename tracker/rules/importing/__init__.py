"""Taking in tables that people already have: where their header is, which column is which field, what a cell says."""
