"""Taking in a table at the screens: what it holds, a trial run, and writing it."""
