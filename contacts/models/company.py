"""Companies."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.models.buying import BOUGHT, Buyer, bought_as_counted, bought_key
from contacts.models.contact import ContactQuerySet
from core.audit import audited
from core.keys import match_key, sort_key
from extra_fields.columns import extra_column, extra_index

DEEPEST_CONCERN = 50


@audited(leaving_out=["sort_key", "match_key", "form_key", "size_class", *BOUGHT])
class Company(Buyer):
    """An organisation: prospect, customer, partner, supplier or competitor."""

    class Kind(models.TextChoices):
        """What the organisation is to us, several at once; that it is a customer follows from orders."""

        PROSPECT = "prospect", _("Prospect or customer")
        PARTNER = "partner", _("Partner")
        SUPPLIER = "supplier", _("Supplier")
        COMPETITOR = "competitor", _("Competitor")

    class Size(models.TextChoices):
        """Size classes by the number of employees, as the European Commission draws them."""

        MICRO = "micro", _("up to 9 employees")
        SMALL = "small", _("10 to 49 employees")
        MEDIUM = "medium", _("50 to 249 employees")
        LARGE = "large", _("250 employees and more")

    name = models.CharField(_("name"), max_length=200)
    legal_form = models.CharField(_("legal form"), max_length=40, blank=True, db_default="")
    kinds = ArrayField(
        models.CharField(max_length=12, choices=Kind),
        verbose_name=_("kinds"),
        db_default=["prospect"],
        blank=True,
    )
    customer_number = models.CharField(_("customer number"), max_length=40, blank=True, db_default="")
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
    # Where only the class is known; a known number of employees says more.
    stated_size = models.CharField(_("size"), max_length=6, choices=Size, blank=True, db_default="")
    size_class = models.GeneratedField(
        expression=Case(
            When(employees__gte=250, then=Value("large")),
            When(employees__gte=50, then=Value("medium")),
            When(employees__gte=10, then=Value("small")),
            When(employees__gte=0, then=Value("micro")),
            default=F("stated_size"),
        ),
        output_field=models.CharField(_("size"), max_length=6, choices=Size),
        db_persist=True,
    )
    register_court = models.CharField(_("register court"), max_length=80, blank=True, db_default="")
    register_number = models.CharField(_("register number"), max_length=40, blank=True, db_default="")
    vat_id = models.CharField(_("VAT id"), max_length=20, blank=True, db_default="")
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
    # Found to be the same as another row: everything went there, this one only leads on.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", editable=False
    )
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
            bought_as_counted("company_bought_as_counted"),
            models.CheckConstraint(
                condition=Q(kinds__contained_by=["prospect", "partner", "supplier", "competitor"]),
                name="company_kinds_known",
            ),
            models.CheckConstraint(
                condition=Q(stated_size__in=["", "micro", "small", "medium", "large"]),
                name="company_size_known",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="company_has_name"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="company_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(archived_at__isnull=False) & ~Q(merged_into=F("id")),
                name="company_merged_is_archived",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="company_external_id_once"
            ),
            models.UniqueConstraint(
                fields=["customer_number"],
                condition=~Q(customer_number=""),
                name="company_customer_number_once",
                violation_error_message=_("Another company has this customer number already."),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="company_sort"),
            models.Index(fields=["match_key"], name="company_match"),
            models.Index(fields=["owner", "sort_key"], name="company_owner"),
            GinIndex(OpClass(F("sort_key"), name="gin_trgm_ops"), name="company_name_parts"),
            extra_index("company_extra"),
            models.Index(fields=["created_at", "id"], name="company_created"),
            models.Index(fields=["updated_at", "id"], name="company_updated"),
            models.Index(fields=["purchases", "id"], name="company_purchases"),
            models.Index(bought_key(), F("id"), name="company_bought"),
            GinIndex(fields=["kinds"], name="company_kinds"),
            models.Index(fields=["vat_id"], condition=~Q(vat_id=""), name="company_vat_id"),
            models.Index(
                fields=["register_number"], condition=~Q(register_number=""), name="company_register_number"
            ),
            models.Index(fields=["size_class", "sort_key"], name="company_size"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("contacts:company_detail", args=[self.pk])

    @property
    def kind_labels(self) -> list[str]:
        """What it is to us, in words, in the order of the kinds."""
        return [str(kind.label) for kind in self.Kind if kind in self.kinds]

    @property
    def special_kinds(self) -> list[str]:
        """What stands beside the name: the kinds, unless it is only the usual one."""
        return [str(kind.label) for kind in self.Kind if kind in self.kinds and kind != self.Kind.PROSPECT]

    def is_part_of(self, other: "Company") -> bool:
        """Whether `other` is this company or stands above it; too far up to tell counts as such."""
        above: int | None = self.pk
        for _step in range(DEEPEST_CONCERN):
            if above is None or above == other.pk:
                break
            above = Company.objects.values_list("parent", flat=True).get(pk=above)
        return above is not None
