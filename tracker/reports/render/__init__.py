"""One module for each format; each has ``render(report) -> bytes``, which needs no file, clock or network."""
