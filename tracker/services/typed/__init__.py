"""What people type, read by the programme of a file; and how it was read."""
