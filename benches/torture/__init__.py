"""Whether what is promised of a programme file holds: killed, cut off, full, raced for, flipped, altered, erased."""
