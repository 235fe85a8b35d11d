"""Papers as files: written whole, with manifest, archive and site."""
