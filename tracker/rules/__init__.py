"""What is worked out from the records: pure functions of data, settings and a day."""
