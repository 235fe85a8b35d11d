"""Making and taking gates in a shell."""
