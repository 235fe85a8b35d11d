"""The rows that a table has of a list of any length: a key for each, and the content of those seen lately."""

from array import array

from textual.cache import LRUCache

from screens.lists.columns import Row

CHUNK = 256  # rows asked for at a time
MOST_ROWS = 16_384

Token = tuple[int, int]  # which list, which chunk of it


class RowCache:
    """Keys in order, and rows by key; rows that are not there are asked for a chunk at a time, once."""

    def __init__(self) -> None:
        self.keys: array[int] = array("q")
        self.loaded = False  # whether a list was read at all: nothing there is not the same as nothing read
        self._generation = 0
        self._rows: LRUCache[int, Row] = LRUCache(MOST_ROWS)
        self._asked: set[int] = set()

    def __len__(self) -> int:
        return len(self.keys)

    def renew(self, keys: "array[int]", rows: dict[int, Row]) -> None:
        """Hold another list; rows that were asked for before do not belong to it."""
        self.keys, self.loaded = keys, True
        self._generation += 1
        self._rows.clear()
        self._asked.clear()
        self._take(rows)

    def _take(self, rows: dict[int, Row]) -> None:
        for key, row in rows.items():
            self._rows[key] = row

    def row(self, number: int) -> Row | None:
        """Return the row at a place of the list, when its content is there."""
        return self._rows.get(self.keys[number])

    def missing(self, number: int) -> "tuple[array[int], Token] | None":
        """Return the keys to ask for so that the row at a place comes, and a token to give back with the rows.

        None when the row is there, was asked for, or is not in the list.
        """
        chunk = number // CHUNK
        if not 0 <= number < len(self.keys) or chunk in self._asked or self.row(number) is not None:
            return None
        self._asked.add(chunk)
        return self.keys[chunk * CHUNK : (chunk + 1) * CHUNK], (self._generation, chunk)

    def arrived(self, rows: dict[int, Row], token: Token) -> bool:
        """Hold the rows that were asked for; return False, and leave them, when the list is another one by now."""
        generation, chunk = token
        if generation != self._generation:
            return False
        self._asked.discard(chunk)
        self._take(rows)
        return True
