"""What the fields of records are in SQL: columns, what is carried from other records, and what a rule reckons."""
