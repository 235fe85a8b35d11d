"""What every command shares: options, output, tables, completion, and words for wrong usage."""
