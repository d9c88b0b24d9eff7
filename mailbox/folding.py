"""What of a mail's text was newly written, and what is folded away below it: quoted mails and signatures.

Nothing is thrown away: both parts together are the text. Libraries for this match whole texts with nested
patterns, which a mail of a few kilobytes can keep busy for minutes; here every line is looked at once, and
only its beginning.
"""

import re
from dataclasses import dataclass

LOOKED_AT = 300
LONGEST_TEXT = 200_000
# An attribution ("Am … schrieb …:") may be broken into this many lines, a head of headers has so many.
ATTRIBUTION_LINES = 4
HEADER_LINES = 6
MOST_SIGNATURE_LINES = 40

ORIGINAL = re.compile(
    r"^[\s*>]*[-_=]{2,}\s*(urspr\w+ nachricht|original.{0,3}nachricht|weitergeleitete nachricht|"
    r"(begin )?forwarded message|original message|message d.origine|messaggio originale|"
    r"mensaje original|oprindelig meddelelse|původní zpráva)",
    re.IGNORECASE,
)
FROM_HEADER = re.compile(r"^[\s*>]*(von|from|de|da|van|od|fra|från)\s*:\s*\S", re.IGNORECASE)
OTHER_HEADER = re.compile(
    r"^[\s*>]*(gesendet|sent|datum|date|an|to|cc|kopie|betreff|subject|envoyé|à|objet|inviato|a|oggetto|"
    r"enviado|para|asunto|verzonden|aan|onderwerp|reply-to|antwort an)\s*:",
    re.IGNORECASE,
)
ATTRIBUTION_START = re.compile(
    r"^[\s*>]*(am|on|le|el|il|op|em|den|dne|w dniu|pada|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|"
    r"\S.{0,120}(schrieb am|wrote on))\b",
    re.IGNORECASE,
)
ATTRIBUTION_END = re.compile(
    r"(schrieb|wrote|a écrit|escribió|ha scritto|schreef|napisał\S*|skrev|escreveu|geschrieben|"
    r"schrieb am .{4,80}|wrote on .{4,80})[^:]{0,120}:\s*$|"
    r"^[^<>]{0,120}<[^<>\s]{3,120}@[^<>\s]{3,120}>:?\s*$",
    re.IGNORECASE,
)
DEVICE = re.compile(
    r"^\s*(von meinem .{1,40} gesendet|gesendet (von|mit|aus) |sent (from|with|via) (my |the )?\w|"
    r"get outlook for |envoyé de(puis)? mon |inviato da |diese nachricht wurde von mein|"
    r"holen sie sich outlook)",
    re.IGNORECASE,
)
LINE_BELOW = re.compile(r"^\s*(--|__+|—|–)\s*$")
GREETING = re.compile(
    r"^\s*((mit )?(freundliche[nm]?|beste[nm]?|viele[nm]?|herzliche[nm]?|liebe[nm]?|schöne[nm]?|sonnige[nm]?)"
    r"( \w+)? gr(ü|ue)(ß|ss)(e|en)?|mfg|vg|lg|hochachtungsvoll|gr(ü|ue)(ß|ss)e|"
    r"(best|kind|warm)( \w+)? regards|regards|yours sincerely|sincerely( yours)?|cheers|best wishes)"
    r"\b[^.!?:]{0,40}[,.!]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Folded:
    """A text in two parts, joined by a line break: what is shown, and what is folded away."""

    shown: str
    hidden: str


def fold(text: str) -> Folded:
    """Split a mail's text; where nothing newly written would be left, all of it is shown."""
    lines = text[:LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    heads = [line[:LOOKED_AT] for line in lines]
    end = _quote_begins(heads)
    end = _signature_begins(heads[:end])
    shown = "\n".join(lines[:end]).strip()
    if not shown:
        return Folded("\n".join(lines).strip(), "")
    return Folded(shown, "\n".join(lines[end:]).strip("\n"))


def _quote_begins(lines: list[str]) -> int:
    """The line with which the quoted mail begins; the number of lines where nothing is quoted."""
    last_own = _last_own_line(lines)
    for at, line in enumerate(lines):
        if ORIGINAL.match(line) or _is_header_block(lines, at):
            return _without_rule(lines, at)
        # Whoever answers below or between the quotes has written what stands there.
        if at > last_own and line.lstrip().startswith(">"):
            return at
        if _is_attribution(lines, at) and not _is_answered_below(lines, at, last_own):
            return at
    return len(lines)


def _last_own_line(lines: list[str]) -> int:
    """The last line that is neither quoted, nor empty, nor below a signature's rule."""
    for at, line in enumerate(lines):
        if LINE_BELOW.match(line):
            lines = lines[:at]
            break
    own = [at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith(">")]
    return own[-1] if own else -1


def _is_header_block(lines: list[str], at: int) -> bool:
    if not FROM_HEADER.match(lines[at]):
        return False
    below = lines[at + 1 : at + HEADER_LINES]
    return sum(bool(OTHER_HEADER.match(line)) for line in below) >= 2


def _is_attribution(lines: list[str], at: int) -> bool:
    if not ATTRIBUTION_START.match(lines[at]):
        return False
    whole = ""
    for line in lines[at : at + ATTRIBUTION_LINES]:
        if not line.strip():
            return False
        whole = f"{whole} {line.strip()}"[:LOOKED_AT]
        if ATTRIBUTION_END.search(line) or ATTRIBUTION_END.search(whole):
            return True
    return False


def _is_answered_below(lines: list[str], at: int, last_own: int) -> bool:
    quoted = [i for i in range(at, len(lines)) if lines[i].lstrip().startswith(">")]
    return bool(quoted) and quoted[0] < last_own


def _without_rule(lines: list[str], at: int) -> int:
    """Outlook draws a rule of underscores above its headers; it belongs to them."""
    above = at - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and re.match(r"^\s*[_-]{8,}\s*$", lines[above]) else at


def _signature_begins(lines: list[str]) -> int:
    """The line below what was written; a greeting and the name below it are still shown."""
    for at, line in enumerate(lines):
        if DEVICE.match(line) and len(line) < 120 and not line.rstrip().endswith("."):
            return at
        if len(lines) - at > MOST_SIGNATURE_LINES:
            continue
        if LINE_BELOW.match(line):
            return at
        if GREETING.match(line):
            return _below_name(lines, at)
    return len(lines)


def _below_name(lines: list[str], greeting: int) -> int:
    for at in range(greeting + 1, len(lines)):
        if lines[at].strip():
            return at if LINE_BELOW.match(lines[at]) else at + 1
    return len(lines)
