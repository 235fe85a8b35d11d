"""Files as tables: one module for each kind of file; each gives its sheets from bytes."""
