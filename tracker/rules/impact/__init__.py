"""Before and after: figures with their intervals, the comparison of two periods, and its words."""
