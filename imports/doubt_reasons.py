"""Why a row may be someone we know, in words: the reasons of the duplicate search, and those of keys."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.duplicate_reasons import LABELS

OTHER_NAME, SEVERAL = "other_name", "several"
OF_KEYS: dict[str, str | Promise] = {
    OTHER_NAME: _("the same key, but another name"),
    SEVERAL: _("several have this key"),
}


def reasons_in_words(codes: Iterable[str]) -> list[str]:
    """The reasons, in their order; what is no code is told as it stands."""
    known = {**LABELS, **OF_KEYS}
    return [str(known.get(code, code)) for code in codes]
