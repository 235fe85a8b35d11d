"""Commands that print a page: a record, a comparison, a ranking, a journey, signals, a template."""
