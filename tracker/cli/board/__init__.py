"""The board's cycle in a shell."""
