"""Which files are taken, and how the browser gets them back."""

from dataclasses import dataclass
from pathlib import PurePath

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from activities.errors import FileRefused

LARGEST = 10 * 1024 * 1024
MOST_PER_ENTRY = 10
LONGEST_NAME = 200
HEAD = 16

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class FileKind:
    """A kind of file that is taken: what the browser is told, and how such a file begins, where it does."""

    content_type: str
    begins: tuple[bytes, ...] = ()
    begins_at: int = 0


KINDS = {
    "pdf": FileKind("application/pdf", (b"%PDF",)),
    "jpg": FileKind("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": FileKind("image/jpeg", (b"\xff\xd8\xff",)),
    "png": FileKind("image/png", (b"\x89PNG",)),
    "gif": FileKind("image/gif", (b"GIF8",)),
    "webp": FileKind("image/webp", (b"RIFF",)),
    "heic": FileKind("image/heic", (b"ftyp",), 4),
    "docx": FileKind(f"{OFFICE}wordprocessingml.document", (ZIP,)),
    "xlsx": FileKind(f"{OFFICE}spreadsheetml.sheet", (ZIP,)),
    "pptx": FileKind(f"{OFFICE}presentationml.presentation", (ZIP,)),
    "odt": FileKind(f"{OPEN}text", (ZIP,)),
    "ods": FileKind(f"{OPEN}spreadsheet", (ZIP,)),
    "odp": FileKind(f"{OPEN}presentation", (ZIP,)),
    "doc": FileKind("application/msword", (OLE,)),
    "xls": FileKind("application/vnd.ms-excel", (OLE,)),
    "ppt": FileKind("application/vnd.ms-powerpoint", (OLE,)),
    "msg": FileKind("application/vnd.ms-outlook", (OLE,)),
    "eml": FileKind("message/rfc822"),
    "txt": FileKind("text/plain"),
    "csv": FileKind("text/csv"),
    "vcf": FileKind("text/vcard"),
    "ics": FileKind("text/calendar"),
    "m4a": FileKind("audio/mp4", (b"ftyp",), 4),
    "mp3": FileKind("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
}
ACCEPTED = ",".join(f".{ending}" for ending in KINDS)


def clean_name(name: str) -> str:
    """The name without a path, control or direction signs; its ending stays when it is cut."""
    plain = PurePath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in plain if sign.isprintable() and sign not in '"<>|').strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > LONGEST_NAME and dot:
        plain = stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return plain[:LONGEST_NAME]


def check_file(name: str, size: int, head: bytes) -> FileKind:
    """The kind of the file, by its ending and how it begins; FileRefused says why it is not taken."""
    kind = KINDS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise FileRefused(_("Files of this kind are not taken: %(name)s") % {"name": name or "?"})
    if size > LARGEST:
        limit = filesizeformat(LARGEST)
        raise FileRefused(_("%(name)s is larger than %(limit)s.") % {"name": name, "limit": limit})
    if not size:
        raise FileRefused(_("%(name)s is empty.") % {"name": name})
    begins = head[kind.begins_at :]
    if kind.begins and not begins.startswith(kind.begins):
        raise FileRefused(_("%(name)s is not what its ending says.") % {"name": name})
    return kind
