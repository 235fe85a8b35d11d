"""The papers themselves: summary, pack, minutes, public version, and the data they are made from."""
