"""What a spreadsheet would run as a formula: made harmless on the way out, whole again on the way in."""

import re

_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_MARKED_FORMULA = re.compile(r"'+\s*[=+\-@\t\r＝＋－＠]")


def neutralised(text: str) -> str:
    """The text with an apostrophe before anything that a spreadsheet would run as a formula.

    Text that already looks marked gets one more, so that `restored` always gives back what was there.
    """
    is_risky = _FORMULA.match(text) or _MARKED_FORMULA.match(text)
    return f"'{text}" if is_risky else text


def restored(text: str) -> str:
    """The text as it was before `neutralised`."""
    return text[1:] if _MARKED_FORMULA.match(text) else text
