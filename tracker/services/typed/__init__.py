"""How the programme of a file writes figures and days, and what typed texts were read as."""
