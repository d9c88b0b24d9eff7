"""Texts as they are compared: Müller = Mueller = Muller, ß = ss, case and punctuation aside."""

import re
import unicodedata

_TRANSLATED = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "'": "", "’": "", "`": ""}
)
_AND = re.compile(r"\s*[&+]\s*|\band\b")
_WORDS = re.compile(r"[a-z0-9]+")
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_LONGEST = 300


def folded(text: str) -> str:
    """Lower case without accents; digraphs of umlauts are the vowel alone, `&` is `und`."""
    plain = text[:_LONGEST].lower().translate(_TRANSLATED)
    if not plain.isascii():
        plain = "".join(
            sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign)
        )
    plain = _AND.sub(" und ", plain)
    for pair, vowel in _DIGRAPHS:
        plain = plain.replace(pair, vowel)
    return plain


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded; letters that stand alone one after the other are one word (`R. + V.`)."""
    joined: list[str] = []
    was_letter = False
    for word in _WORDS.findall(folded(text)):
        is_letter = len(word) == 1 and word.isalpha()
        if is_letter and was_letter:
            joined[-1] += word
        else:
            joined.append(word)
        was_letter = is_letter
    return tuple(joined)


def digits(text: str) -> str:
    """What is dialled or numbered, without signs between."""
    return "".join(sign for sign in text if sign.isdigit())
