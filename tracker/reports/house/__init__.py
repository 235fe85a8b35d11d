"""The organisation's own templates for papers: what may stand in one, and whether one can be used."""
