"""The stand of a field in words: when it was last confirmed, by whom, and where the value came from."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from contacts.models import FieldStand
from core.templatetags.dates import short_date

SIGNATURE, IMPRINT, PROFILE = "signature", "imprint", "profile"
# What a user may paste; other sources name themselves, as files do.
PASTED = {
    SIGNATURE: gettext_lazy("E-mail signature"),
    IMPRINT: gettext_lazy("Imprint"),
    PROFILE: gettext_lazy("Social profile"),
}


def origin_in_words(stand: FieldStand) -> str:
    """`eingegeben (E-Mail-Signatur)`, `Import (firmen.csv)`."""
    origin = str(stand.get_origin_display())
    source = str(PASTED.get(stand.source, stand.source))
    return f"{origin} ({source})" if source else origin


def stand_in_words(stand: FieldStand | None, entered_at: datetime | None) -> str:
    """`Bestätigt am 25.11.2026 von Lena Sommer. Herkunft: Import (firmen.csv)`."""
    if stand is None:
        if entered_at is None:
            return _("Not confirmed yet.")
        return _("Not confirmed since it was entered on %(day)s.") % {"day": short_date(entered_at)}
    day, origin = short_date(stand.confirmed_at), origin_in_words(stand)
    if stand.by is None:
        said = pgettext("of a value", "Confirmed on %(day)s. Origin: %(origin)s")
        return said % {"day": day, "origin": origin}
    said = pgettext("of a value", "Confirmed on %(day)s by %(name)s. Origin: %(origin)s")
    return said % {"day": day, "name": stand.by, "origin": origin}
