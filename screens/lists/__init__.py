"""Registers as lists: tables, sorting, filtering, search, and the keys of their records."""
