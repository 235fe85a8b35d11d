"""The board desk, the meeting, and the papers with their dialogs."""
