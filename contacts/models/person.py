"""Persons."""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models.buying import BOUGHT, Buyer, bought_as_counted, bought_key
from contacts.models.contact import ContactQuerySet
from core.audit import audited
from core.keys import match_key, sort_key
from extra_fields.columns import extra_column, extra_index

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class PersonQuerySet(ContactQuerySet):
    """Persons, but for those whose data must not be worked with (Art. 18 GDPR)."""

    def visible_to(self, user: "User") -> "Self":
        """Everyone whose data may be looked at; of the others the page shows the name and why."""
        return self.filter(restricted_at=None)

    def editable_by(self, user: "User") -> "Self":
        """Everyone whose data may be worked with."""
        return self.filter(restricted_at=None, erased_at=None)

    def current(self) -> "Self":
        """Neither archived nor restricted; the erased are archived too."""
        return self.filter(archived_at=None, restricted_at=None)


LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("fr", "Français"), ("it", "Italiano")]


@audited(leaving_out=["sort_key", "match_key", "form_key", *BOUGHT])
class Person(Buyer):
    """A human being we know, with or without a company."""

    class Salutation(models.TextChoices):
        """How the person is addressed."""

        NONE = "", _("none")
        MS = "ms", _("Ms")
        MR = "mr", _("Mr")
        DIVERSE = "mx", pgettext_lazy("salutation", "diverse (no Ms or Mr)")

    salutation = models.CharField(_("salutation"), max_length=3, choices=Salutation, blank=True)
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="de")
    birthday = models.DateField(_("birthday"), null=True, blank=True)
    photo = models.FileField(
        _("photo"), upload_to="person_photos/", max_length=120, blank=True, db_default=""
    )
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="persons",
        verbose_name=pgettext_lazy("person in charge", "owner"),
    )
    note = models.TextField(_("note"), max_length=5000, blank=True)
    extra = extra_column()
    external_id = models.CharField(_("external id"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    # Art. 18 and 17 GDPR: what may not be worked with, and what is left when everything was blanked.
    restricted_at = models.DateTimeField(_("restricted at"), null=True, blank=True, editable=False)
    restriction_reason = models.CharField(
        _("reason of the restriction"), max_length=300, blank=True, db_default="", editable=False
    )
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)
    # Found to be the same as another row: everything went there, this one only leads on.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # Who sends a form twice has entered one person: the key the form was handed out with.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    sort_key = sort_key("last_name", "first_name")
    match_key = match_key("first_name", "last_name")

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            bought_as_counted("person_bought_as_counted"),
            models.CheckConstraint(condition=~Q(last_name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=Q(salutation__in=["", "ms", "mr", "mx"]), name="person_salutation_known"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(archived_at__isnull=False) & ~Q(merged_into=F("id")),
                name="person_merged_is_archived",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="person_external_id_once"
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_sort"),
            models.Index(fields=["match_key"], name="person_match"),
            GinIndex(OpClass(F("sort_key"), name="gin_trgm_ops"), name="person_name_parts"),
            extra_index("person_extra"),
            models.Index(fields=["created_at", "id"], name="person_created"),
            models.Index(fields=["updated_at", "id"], name="person_updated"),
            models.Index(fields=["purchases", "id"], name="person_purchases"),
            models.Index(bought_key(), F("id"), name="person_bought"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        """Their page."""
        return reverse("contacts:person_detail", args=[self.pk])

    @property
    def full_name(self) -> str:
        """Title, first and last name."""
        return " ".join(part for part in (self.title, self.first_name, self.last_name) if part)

    @property
    def list_name(self) -> str:
        """Last name first, as lists are sorted."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part)
