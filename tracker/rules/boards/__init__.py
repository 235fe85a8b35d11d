"""The board's cycle as rules: its steps, what is still owed to it, and what is checked before its papers are frozen."""
