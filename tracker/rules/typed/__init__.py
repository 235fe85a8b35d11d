"""What people type, read by kind: figures, money, durations, days beside today, spans of time; and how it was read."""
