"""Texts that a company enters in German and English, and which of them a reader sees."""

from django.utils.translation import get_language


def in_readers_language(german: str, english: str) -> str:
    """The English text for who reads English, where there is one; else the German."""
    is_english = (get_language() or "de").startswith("en")
    return (english or german) if is_english else german
