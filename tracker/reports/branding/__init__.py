"""The branding of an organisation: its brand file, and its own templates for papers, checked before they are used."""
