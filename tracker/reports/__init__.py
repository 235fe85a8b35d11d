"""Papers: from positions and signals to one report model, and from that model to bytes."""
