"""The evidence signal of a pilot: its dimensions, and what people report beside them."""
