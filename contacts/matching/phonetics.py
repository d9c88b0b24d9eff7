"""Kölner Phonetik: German words that sound alike get the same code (H. J. Postel, 1969)."""

from functools import lru_cache

_VOWELS = frozenset("aeijouy")
_CODED = {"1": "b", "3": "fvw", "4": "gkq", "5": "l", "6": "mn", "7": "r", "8": "sz"}
_SINGLE = {letter: code for code, letters in _CODED.items() for letter in letters}
_HARD_C_FIRST = frozenset("ahkloqrux")
_HARD_C = frozenset("ahkoqux")


@lru_cache(maxsize=200_000)
def cologne(word: str) -> str:
    """The code of a folded word: Meier = Mayer = `67`; signs that are no letters count as nothing."""
    letters = [sign for sign in word if "a" <= sign <= "z"]
    codes = []
    for place, letter in enumerate(letters):
        before = letters[place - 1] if place else ""
        after = letters[place + 1] if place + 1 < len(letters) else ""
        codes.append(_code(letter, before, after))
    told = "".join(codes)
    single = "".join(sign for place, sign in enumerate(told) if not place or told[place - 1] != sign)
    return single[:1] + single[1:].replace("0", "")


def _code(letter: str, before: str, after: str) -> str:
    if letter in _VOWELS:
        return "0"
    if letter == "h":
        return ""
    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if after and after in "csz" else "2"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    if letter == "c":
        return _code_of_c(before, after)
    return _SINGLE[letter]


def _code_of_c(before: str, after: str) -> str:
    if not before:
        return "4" if after in _HARD_C_FIRST else "8"
    if before in "sz":
        return "8"
    return "4" if after in _HARD_C else "8"
