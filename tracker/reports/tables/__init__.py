"""The tables of papers as data: the same files, fields and types from month to month, whatever the papers say."""
