"""Papers from a programme file, as reports and as files."""
