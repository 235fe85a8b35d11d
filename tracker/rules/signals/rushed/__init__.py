"""Whether a pilot is being rushed."""
