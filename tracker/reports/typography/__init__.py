"""Fonts, measures and widths: how much room a text takes."""
