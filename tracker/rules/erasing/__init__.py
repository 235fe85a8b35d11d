"""Finding a person's name in texts, however it is written: what is certainly it, what likely, and what may be."""
