"""A whole programme out of its file, as tables that other programs read, and into a new file again."""
