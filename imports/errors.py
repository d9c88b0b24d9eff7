"""Why a foreign table is refused as a whole; what is wrong with one row is a reason beside that row."""

from core.errors import DomainError


class TableUnreadable(DomainError):
    """The file is no table that can be read: wrong format, wrong encoding, no header, beyond the limits."""


class ColumnsUnknown(DomainError):
    """Columns that are needed cannot be told from the header, or were named wrongly."""


class ValueUnreadable(DomainError):
    """A cell holds no date, number or amount."""


class ValuesUnknown(DomainError):
    """What the user said about values cannot be followed."""


class ImportRefused(DomainError):
    """The import as a whole cannot be done now."""
