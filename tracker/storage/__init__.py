"""The programme file: the only place that speaks SQL."""
