"""The commands of every register, made from its entity."""
