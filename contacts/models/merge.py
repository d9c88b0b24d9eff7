"""Two rows became one: what moved, so that it can be undone."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.models.company import Company
from contacts.models.person import Person

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class MergeRecordQuerySet(models.QuerySet["MergeRecord"]):
    """Merges belong to the open customer database."""

    def visible_to(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def standing(self) -> "Self":
        """Those that were not undone."""
        return self.filter(undone_at=None)


class MergeRecord(models.Model):
    """One merge: which row was taken into which, what moved, and what the survivor said before.

    `released` holds what the merged row gave up because two rows must not say it (customer number).
    `fields` holds name -> [before, after]; `stands` what stood beside them; `moved` and `stayed` hold
    "app.model.field" -> keys of rows. `stayed` is what the survivor had already: it rests on the merged row.
    """

    survivor_company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="merges")
    merged_company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="merges_away")
    survivor_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="merges")
    merged_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="merges_away")
    fields = models.JSONField(_("fields"), default=dict, encoder=DjangoJSONEncoder)
    released = models.JSONField(_("released"), default=dict)
    stands = models.JSONField(_("stands"), default=list, encoder=DjangoJSONEncoder)
    moved = models.JSONField(_("moved"), default=dict)
    stayed = models.JSONField(_("stayed"), default=dict)
    was_archived_at = models.DateTimeField(null=True)
    pair_state = models.CharField(max_length=13, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("merged by")
    )
    at = models.DateTimeField(_("merged at"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("undone by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)

    objects = MergeRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    survivor_person=None,
                    merged_person=None,
                    survivor_company__isnull=False,
                    merged_company__isnull=False,
                )
                & ~Q(survivor_company=F("merged_company"))
                | Q(
                    survivor_company=None,
                    merged_company=None,
                    survivor_person__isnull=False,
                    merged_person__isnull=False,
                )
                & ~Q(survivor_person=F("merged_person")),
                name="merge_of_companies_or_persons",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_someone",
            ),
            *(
                models.UniqueConstraint(
                    fields=[f"merged_{name}"],
                    condition=Q(undone_at=None),
                    name=f"{name}_merged_once_at_a_time",
                )
                for name in ("company", "person")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged} → {self.survivor}"

    @property
    def survivor(self) -> Company | Person:
        """The row that goes on."""
        return self.survivor_company or self.survivor_person  # type: ignore[return-value]

    @property
    def merged(self) -> Company | Person:
        """The row that rests in the archive and leads on to the survivor."""
        return self.merged_company or self.merged_person  # type: ignore[return-value]
