"""Web pages that need nothing else."""
