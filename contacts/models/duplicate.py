"""Which rows of the customer database may be one customer, and what people said of it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contacts.models.company import Company
from contacts.models.person import Person

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class MatchKey(models.Model):
    """One block key of a company or person (contacts.matching): rows that share one are compared."""

    company = models.ForeignKey(Company, models.CASCADE, null=True, related_name="match_keys", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="match_keys", db_index=False)
    key = models.BigIntegerField()

    class Meta:
        verbose_name = _("match key")
        verbose_name_plural = _("match keys")
        constraints = [
            models.CheckConstraint(
                condition=Q(company=None, person__isnull=False) | Q(company__isnull=False, person=None),
                name="match_key_of_company_or_person",
            ),
            *(
                models.UniqueConstraint(
                    fields=["key", name],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"match_key_once_per_{name}",
                )
                for name in ("company", "person")
            ),
        ]
        indexes = [
            models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"match_key_{name}")
            for name in ("company", "person")
        ]

    def __str__(self) -> str:
        return str(self.key)


class DuplicatePairQuerySet(models.QuerySet["DuplicatePair"]):
    """Pairs belong to the open customer database, like the rows they are about."""

    def visible_to(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def waiting(self) -> "Self":
        """Those nobody has decided yet, or put off."""
        return self.filter(state__in=[DuplicatePair.State.OPEN, DuplicatePair.State.LATER])

    def with_rows(self) -> "Self":
        """With both companies or persons, in the same query."""
        return self.select_related("low_company", "high_company", "low_person", "high_person", "by")


class DuplicatePair(models.Model):
    """Two companies, or two persons, that may be one; what is decided stays when they are found again."""

    class State(models.TextChoices):
        """What was decided."""

        OPEN = "open", _("to be looked at")
        LATER = "later", _("put off")
        NOT_DUPLICATE = "not_duplicate", _("no duplicate")
        MERGED = "merged", _("merged")

    low_company = models.ForeignKey(Company, models.CASCADE, null=True, related_name="+")
    high_company = models.ForeignKey(Company, models.CASCADE, null=True, related_name="+")
    low_person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    high_person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    score = models.PositiveSmallIntegerField(_("score"))
    reasons = models.JSONField(_("reasons"), default=list)
    state = models.CharField(_("state"), max_length=13, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    at = models.DateTimeField(_("decided at"), null=True)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        constraints = [
            models.CheckConstraint(
                condition=Q(low_person=None, high_person=None, low_company__lt=F("high_company"))
                | Q(low_company=None, high_company=None, low_person__lt=F("high_person")),
                name="pair_of_companies_or_persons",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "later", "not_duplicate", "merged"]), name="pair_state_known"
            ),
            models.CheckConstraint(condition=Q(score__lte=100), name="pair_score_up_to_100"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(at__isnull=False, by__isnull=False),
                name="pair_decided_by_someone",
            ),
            models.UniqueConstraint(fields=["low_company", "high_company"], name="pair_of_companies_once"),
            models.UniqueConstraint(fields=["low_person", "high_person"], name="pair_of_persons_once"),
        ]
        indexes = [models.Index(fields=["state", "-score", "-id"], name="pair_worklist")]

    def __str__(self) -> str:
        return f"{self.low} / {self.high}"

    @property
    def kind(self) -> type[Company] | type[Person]:
        """What the two rows are."""
        return Company if self.low_company_id else Person

    @property
    def low(self) -> Company | Person:
        """The row that was entered first."""
        return self.low_company or self.low_person  # type: ignore[return-value]

    @property
    def high(self) -> Company | Person:
        """The row that was entered later."""
        return self.high_company or self.high_person  # type: ignore[return-value]


class DuplicateSearch(models.Model):
    """How far the search through all companies or persons has come; an interrupted one goes on there."""

    subject = models.CharField(_("subject"), max_length=7, primary_key=True)
    position = models.BigIntegerField(_("last row looked at"), default=0)
    began_at = models.DateTimeField(_("began at"))
    finished_at = models.DateTimeField(_("finished at"), null=True)

    class Meta:
        verbose_name = _("search for duplicates")
        verbose_name_plural = _("searches for duplicates")
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__in=["company", "person"]), name="search_subject_known"
            )
        ]

    def __str__(self) -> str:
        return self.subject
