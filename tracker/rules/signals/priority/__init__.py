"""Which service to change next: impact, feasibility, and how sure the ranking is."""
