"""Erasing a person: where the name stands in the file, and taking it out."""
