"""Taking in what people already have: files as tables, a trial run that writes nothing, and one command that writes."""
