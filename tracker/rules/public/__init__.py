"""What may be published: the allow-list, small numbers, and texts that may name somebody."""
