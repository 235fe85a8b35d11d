"""Whether a pilot is ready to be scaled."""
