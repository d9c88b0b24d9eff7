"""The child process that reads a file of vCards; run as a script, so that it can be killed by its limits.

Input: the file, as UTF-8. Arguments: [memory, seconds, cards, characters] as JSON. Output: one JSON object a
line, a card each, or {"error": "size"}. Understands vCard 2.1, 3.0 and 4.0, tolerantly: folded lines, quoted-
printable, charsets, groups, several cards, cards that never end.
"""

import binascii
import json
import quopri
import re
import resource
import sys
from collections.abc import Iterator

TYPES = re.compile(r"[,;]")
UNESCAPED = re.compile(r"\\(.)")


def main() -> None:
    """Read standard input, write standard output."""
    memory, seconds, most_cards, characters = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    lines = []
    for number, card in enumerate(cards(sys.stdin.buffer.read().decode("utf-8", "replace"))):
        line = json.dumps(card, ensure_ascii=False)
        characters -= len(line)
        if number >= most_cards or characters < 0:
            sys.stdout.write(json.dumps({"error": "size"}))
            return
        lines.append(line)
    sys.stdout.buffer.write("\n".join(lines).encode("utf-8", "replace"))


def cards(text: str) -> Iterator[dict[str, object]]:
    """Every card: the line it begins on, and its properties as [name, types, value]."""
    card: dict[str, object] | None = None
    properties: list[list[object]] = []
    for number, line in unfolded(text):
        name, parameters, raw = parsed(line)
        if name == "BEGIN" and raw.strip().upper() == "VCARD":
            if card is not None:
                yield {**card, "properties": properties}
            card, properties = {"line": number}, []
        elif name == "END" and card is not None:
            yield {**card, "properties": properties}
            card = None
        elif card is not None and name:
            properties.append(said(name, parameters, raw))
    if card is not None:
        yield {**card, "properties": properties}


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of their first physical one.

    A line that begins with a blank goes on; so does one of quoted-printable that ends with `=`, and base64 of
    vCard 2.1 until an empty line.
    """
    lines = re.split(r"\r\n|\n|\r", text)
    position = 0
    while position < len(lines):
        start = position
        parts = [lines[position]]
        position += 1
        is_quoted = "QUOTED-PRINTABLE" in parts[0].partition(":")[0].upper()
        while position < len(lines):
            following = lines[position]
            if is_quoted and parts[-1].endswith("="):
                parts[-1] = parts[-1][:-1]
                parts.append(following.lstrip() if following[:1] in " \t" else following)
            elif following[:1] in (" ", "\t"):
                parts.append(following[1:])
            else:
                break
            position += 1
        line = "".join(parts)
        if line.strip():
            yield start + 1, line


def parsed(line: str) -> tuple[str, list[str], str]:
    """Name without its group, parameters and raw value; a colon in quotation marks parts nothing."""
    head, value = _parted(line)
    name, *parameters = _split(head, ";")
    return name.rpartition(".")[2].strip().upper(), [text.strip() for text in parameters], value


def said(name: str, parameters: list[str], raw: str) -> list[object]:
    """A property as name, its types in lower case, and its value, decoded; pictures keep no value."""
    settings = dict(text.upper().split("=", 1) for text in parameters if "=" in text)
    bare = [text for text in parameters if "=" not in text]
    types = [word for text in bare for word in TYPES.split(text)]
    for text in parameters:
        key, sign, value = text.partition("=")
        if sign and key.strip().upper() == "TYPE":
            types += TYPES.split(value.strip('"'))
    encoding = settings.get("ENCODING", "") or (
        "QUOTED-PRINTABLE" if "QUOTED-PRINTABLE" in map(str.upper, bare) else ""
    )
    if name in ("PHOTO", "LOGO", "SOUND", "KEY") or encoding in ("B", "BASE64"):
        raw = ""
    elif encoding == "QUOTED-PRINTABLE":
        raw = _quoted(raw, settings.get("CHARSET", "UTF-8"))
    return [name, sorted({word.strip().lower() for word in types if word.strip()}), raw]


def _quoted(raw: str, charset: str) -> str:
    try:
        content = quopri.decodestring(raw.encode("utf-8"))
    except (binascii.Error, ValueError):
        return raw
    for name in (charset, "utf-8", "cp1252"):
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("latin-1")


def _parted(line: str) -> tuple[str, str]:
    is_quoted = False
    for index, sign in enumerate(line):
        if sign == '"':
            is_quoted = not is_quoted
        elif sign == ":" and not is_quoted:
            return line[:index], line[index + 1 :]
    return "", line


def _split(text: str, by: str) -> list[str]:
    parts, is_quoted = [""], False
    for sign in text:
        if sign == '"':
            is_quoted = not is_quoted
        if sign == by and not is_quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


if __name__ == "__main__":
    main()
