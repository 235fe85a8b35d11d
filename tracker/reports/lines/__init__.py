"""Pages as lines of text with tones, drawn once for the shell and the screens."""
