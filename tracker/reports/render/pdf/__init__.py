"""Tagged PDF, set by typst."""
