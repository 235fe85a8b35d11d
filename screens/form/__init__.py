"""The form of a record: its rows, editors, drafts, and saving."""
