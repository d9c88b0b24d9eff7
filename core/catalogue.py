"""The message catalogue: what the code says, what is translated, compiling it without GNU gettext."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.conf import settings
from django.utils.translation import template

SKIPPED = {".venv", "var", "tests", "migrations", "node_modules"}
# The function names that mark a message, and which of their arguments are context, message and plural.
MARKERS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}


class Message(NamedTuple):
    """A text of the interface, in English, as it stands in the code."""

    context: str | None
    text: str
    plural: str | None


def messages() -> set[Message]:
    """Every text marked for translation in Python files and templates of the project."""
    root = Path(settings.BASE_DIR)
    found: set[Message] = set()
    for path in [*sorted(root.rglob("*.py")), *_templates(root)]:
        if SKIPPED.isdisjoint(path.relative_to(root).parts):
            found.update(_marked(_python_source(path)))
    return found


def compile_all() -> int:
    """Write the .mo file of each catalogue that is newer than it; answer how many were written."""
    written = 0
    for source in Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written += 1
    return written


def german() -> polib.POFile:
    """The German catalogue."""
    return polib.pofile(str(Path(settings.LOCALE_PATHS[0]) / "de" / "LC_MESSAGES" / "django.po"))


def _python_source(path: Path) -> str:
    content = path.read_text(encoding="utf-8")
    return content if path.suffix == ".py" else template.templatize(content)


def _templates(root: Path) -> list[Path]:
    """Pages, fragments and the texts of mails."""
    return sorted(path for path in (root / "templates").rglob("*") if path.suffix in {".html", ".txt"})


def _marked(source: str) -> Iterator[Message]:
    tree = _parsed(source)
    aliases = _aliases(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            marker = MARKERS.get(aliases.get(name, name))
            if marker:
                yield from _message(node, marker)


def _aliases(tree: ast.AST) -> dict[str, str]:
    """The names under which a module imports the marking functions: `gettext_lazy as _` and the like."""
    return {
        name.asname: name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.asname
    }


def _parsed(source: str) -> ast.AST:
    try:
        return ast.parse(source)
    except SyntaxError:
        # A templatized file is lines of calls between placeholder text; each call is read by itself.
        calls = [part for line in source.splitlines() for part in _calls(line)]
        return ast.parse("\n".join(calls))


def _calls(line: str) -> Iterator[str]:
    for name in MARKERS:
        start = line.find(f" {name}(")
        while start >= 0:
            yield from _one_call(line[start + 1 :])
            start = line.find(f" {name}(", start + 1)


def _one_call(text: str) -> Iterator[str]:
    """The shortest beginning of the text that is a whole call."""
    end = text.find(")")
    while end >= 0:
        try:
            ast.parse(text[: end + 1])
        except SyntaxError:
            end = text.find(")", end + 1)
        else:
            yield text[: end + 1]
            return


def _message(call: ast.Call, places: tuple[int | None, int, int | None]) -> Iterator[Message]:
    values = [
        argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
        for argument in call.args
    ]
    context, text, plural = places
    if text < len(values) and values[text]:
        yield Message(
            values[context] if context is not None else None,
            values[text] or "",
            values[plural] if plural is not None and plural < len(values) else None,
        )
