"""Pilot and gate templates: TOML read into values, with the line of every problem."""
