"""The main screen and what is reached from everywhere: areas, palette, help, overview."""
