"""Papers that know what they leave out: nothing hidden is in them, and nothing is said to be none because of it."""
