"""Journeys through services: steps, channels, and what a change is worth in a year."""
