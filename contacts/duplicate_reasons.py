"""Why two rows may be one, in the words of the user."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, str | Promise] = {
    "same_vat_id": _("same VAT id"),
    "same_register": _("same register number"),
    "same_email": _("same e-mail address"),
    "same_phone": _("same telephone number"),
    "same_domain": _("same web domain"),
    "same_birthday": _("same birthday"),
    "similar_birthday": _("similar birthday"),
    "same_name": _("same name"),
    "same_name_other_form": _("same name but for the legal form"),
    "similar_name": _("similar name"),
    "sounds_alike": _("name sounds alike"),
    "exchanged_names": _("first and last name exchanged"),
    "same_given_name": _("same first name"),
    "same_family_name": _("same last name"),
    "same_employer": _("same company"),
    "same_address": _("same address"),
    "same_street": _("same street"),
    "same_place": _("same place"),
}
# Any of these is worth a question, however little else is known.
STRONG = frozenset(
    [
        "same_vat_id",
        "same_register",
        "same_email",
        "same_phone",
        "same_domain",
        "same_name",
        "same_name_other_form",
    ]
)
# Any of these is worth a doubt among the rows of a file; a switchboard or a domain is that of whole houses.
TELLING = STRONG - {"same_phone", "same_domain"}


def labels_of(reasons: Collection[str]) -> list[str | Promise]:
    """The reasons in words, in their order."""
    return [LABELS[code] for code in reasons if code in LABELS]
