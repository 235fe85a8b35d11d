"""What changed since an earlier day, for boards."""
