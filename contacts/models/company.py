"""Companies."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models.contact import ContactQuerySet
from core.audit import audited
from core.keys import match_key, sort_key
from extra_fields.columns import extra_column, extra_index

DEEPEST_CONCERN = 50


@audited(leaving_out=["sort_key", "match_key", "form_key"])
class Company(models.Model):
    """An organisation: prospect, customer, partner, supplier or competitor."""

    class Kind(models.TextChoices):
        """What the organisation is to us; that it is a customer follows from what it bought."""

        PROSPECT = "prospect", _("Prospect or customer")
        PARTNER = "partner", _("Partner")
        SUPPLIER = "supplier", _("Supplier")
        COMPETITOR = "competitor", _("Competitor")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PROSPECT)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subsidiaries",
        verbose_name=_("parent company"),
    )
    industry = models.CharField(_("industry"), max_length=80, blank=True)
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    owner = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="companies",
        verbose_name=pgettext_lazy("person in charge", "owner"),
    )
    note = models.TextField(_("note"), max_length=5000, blank=True)
    extra = extra_column()
    external_id = models.CharField(_("external id"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Who sends a form twice has entered one company: the key the form was handed out with.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    sort_key = sort_key("name")
    match_key = match_key("name")

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["prospect", "partner", "supplier", "competitor"]),
                name="company_kind_known",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="company_has_name"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="company_not_its_own_parent"),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="company_external_id_once"
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="company_sort"),
            models.Index(fields=["match_key"], name="company_match"),
            models.Index(fields=["owner", "sort_key"], name="company_owner"),
            GinIndex(OpClass(F("sort_key"), name="gin_trgm_ops"), name="company_name_parts"),
            extra_index("company_extra"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("contacts:company_detail", args=[self.pk])

    @property
    def special_kind(self) -> str:
        """What stands beside the name: the kind, unless it is the usual one."""
        return "" if self.kind == self.Kind.PROSPECT else str(self.get_kind_display())

    def is_part_of(self, other: "Company") -> bool:
        """Whether `other` is this company or stands above it; too far up to tell counts as such."""
        above: int | None = self.pk
        for _step in range(DEEPEST_CONCERN):
            if above is None or above == other.pk:
                break
            above = Company.objects.values_list("parent", flat=True).get(pk=above)
        return above is not None
