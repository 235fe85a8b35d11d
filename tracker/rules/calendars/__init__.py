"""What stands in calendars, and what ever stood there: who took an earlier file over has to hear what became of it."""
