"""Lists: which records they show, and in which order."""
