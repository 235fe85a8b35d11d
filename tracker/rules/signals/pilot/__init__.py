"""The evidence signal of a pilot: its seven dimensions, and what people report beside them."""
