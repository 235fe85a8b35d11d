"""What is hidden, so that papers know of it: a position with and without it, and what of signals may be said."""
