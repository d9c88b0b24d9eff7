"""How fresh each fact of the customer database is, and where it came from."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models.company import Company
from contacts.models.person import Person
from contacts.models.reach import Address, Channel

# What a stand may be of; the names of its foreign keys.
SUBJECTS = ("company", "person", "channel", "address")


def _exactly_one_of(names: Sequence[str]) -> Q:
    cases = [Q(**{f"{name}__isnull": name != given for name in names}) for given in names]
    condition = Q()
    for case in cases:
        condition |= case
    return condition


class FieldStand(models.Model):
    """When one field was last confirmed, by whom and from which source.

    A number or an address is one fact as a whole and keeps its stand when its row moves to another contact.
    """

    class Origin(models.TextChoices):
        """The way by which a value came in."""

        TYPED = "typed", pgettext_lazy("origin of a value", "typed in")
        IMPORT = "import", pgettext_lazy("origin of a value", "import")
        FORM = "form", pgettext_lazy("origin of a value", "web form")
        API = "api", pgettext_lazy("origin of a value", "interface (API)")
        MERGE = "merge", pgettext_lazy("origin of a value", "merge")

    company = models.ForeignKey(Company, models.CASCADE, null=True, related_name="stands", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="stands", db_index=False)
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, related_name="stands", db_index=False)
    address = models.ForeignKey(Address, models.CASCADE, null=True, related_name="stands", db_index=False)
    field = models.CharField(_("field"), max_length=60)
    confirmed_at = models.DateTimeField(_("confirmed at"))
    origin = models.CharField(pgettext_lazy("of a value", "origin"), max_length=6, choices=Origin)
    by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
        db_index=False,
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("of a value", "stand")
        verbose_name_plural = pgettext_lazy("of a value", "stands")
        constraints = [
            models.CheckConstraint(condition=_exactly_one_of(SUBJECTS), name="stand_of_one_row"),
            models.CheckConstraint(
                condition=Q(origin__in=["typed", "import", "form", "api", "merge"]), name="stand_origin_known"
            ),
            models.CheckConstraint(condition=~Q(field=""), name="stand_names_a_field"),
            *(
                models.UniqueConstraint(
                    fields=[name, "field"],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"stand_once_per_{name}",
                )
                for name in SUBJECTS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.get_origin_display()}"
