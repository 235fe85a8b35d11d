"""Many new records of one command: they wait in memory, and are written at once."""
