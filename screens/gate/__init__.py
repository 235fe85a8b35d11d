"""The checklist of a gate, and taking it."""
