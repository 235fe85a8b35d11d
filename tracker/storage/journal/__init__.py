"""The journal: its chain, its history, undo, earlier days, and whether it holds."""
