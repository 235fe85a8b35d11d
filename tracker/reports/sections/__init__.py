"""The sections of the status summary; each is made from the same data."""
