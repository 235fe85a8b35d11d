"""How many slips of the keys lie between two words: for a name that nobody has, who was meant."""


def slips(first: str, second: str) -> int:
    """Return how many letters have to be added, taken away or replaced to make one word the other (Levenshtein)."""
    row = list(range(len(second) + 1))
    for number, letter in enumerate(first, 1):
        before, row = row, [number]
        for place, second_letter in enumerate(second):
            row.append(min(before[place + 1] + 1, row[place] + 1, before[place] + (letter != second_letter)))
    return row[-1]


def is_near(word: str, name: str) -> bool:
    """Whether a word may be a slip of the keys for another: one letter in short words, two from eight letters on."""
    allowed = min(len(word) // 4, 2)
    return abs(len(word) - len(name)) <= allowed and slips(word, name) <= allowed
