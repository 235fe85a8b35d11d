"""The number of the newest schema: how many steps there are in steps/. A test holds the two together."""

SCHEMA_VERSION = 3
