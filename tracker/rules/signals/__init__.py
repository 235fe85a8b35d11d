"""Signals: what the tracker works out of the records, each a pure function of the evidence on a day."""
