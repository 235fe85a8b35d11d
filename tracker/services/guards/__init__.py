"""Rules that need the calendar, the acting person or other records, by register."""
