"""How many slips of the keys lie between two words, and what makes two titles nearly the same."""

import re

from tracker.rules.erasing.folding import letters

LEAST_SLIPPED = 8  # letters: of shorter titles a single slip makes another word
LEAST_COMPARED = 4  # letters: shorter titles are the same, or say nothing of each other


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


def likeness(text: str) -> str:
    """Return what two spellings of a text share: its letters and digits, whatever case, accents, signs and spaces."""
    return "".join(sign for sign in letters(text) if sign.isalnum())


def nearly_same(first: str, second: str) -> bool:
    """Whether two titles say the same but for signs, case, the order of words, or a slip; figures make another one."""
    texts = letters(first), letters(second)
    if re.findall(r"[0-9]+", texts[0]) != re.findall(r"[0-9]+", texts[1]):
        return False
    keys = likeness(first), likeness(second)
    if keys[0] == keys[1] != "":
        return True
    if min(map(len, keys)) < LEAST_COMPARED:
        return False
    words = [sorted(re.findall(r"[^\W_]+", text)) for text in texts]
    return words[0] == words[1] or (min(map(len, keys)) >= LEAST_SLIPPED and is_near(*keys))
