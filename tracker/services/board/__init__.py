"""A board's meetings from collecting to archiving, for every front."""
