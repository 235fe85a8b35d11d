"""The demonstration programme, and programmes made by rule for tests and benches."""
