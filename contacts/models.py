"""The customer database: companies, persons, who works where, and how to reach them."""

from typing import TYPE_CHECKING

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.keys import match_key, sort_key

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class ContactQuerySet(models.QuerySet):
    """What companies and persons have in common: everyone reads them, every active user edits them."""

    def visible_to(self, user: "User") -> "Self":
        """Everything: one customer database, open to every colleague."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """Everything: contacts are kept by all."""
        return self.all()

    def current(self) -> "Self":
        """Not archived."""
        return self.filter(archived_at=None)

    def named(self, text: str) -> "Self":
        """Those with this text anywhere in the name, umlauts and case folded."""
        folded = Func(Value(text), function="public.sort_key", output_field=models.TextField())
        return self.filter(sort_key__contains=folded)


@pghistory.track(
    pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["sort_key", "match_key", "form_key"]
)
class Company(models.Model):
    """An organisation: prospect, customer, partner, supplier or competitor."""

    class Kind(models.TextChoices):
        """What the organisation is to us; that it is a customer follows from what it bought."""

        PROSPECT = "prospect", _("Prospect")
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
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(
    pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["sort_key", "match_key", "form_key"]
)
class Person(models.Model):
    """A human being we know, with or without a company."""

    class Salutation(models.TextChoices):
        """How the person is addressed."""

        NONE = "", _("none")
        MS = "ms", _("Ms")
        MR = "mr", _("Mr")

    salutation = models.CharField(_("salutation"), max_length=3, choices=Salutation, blank=True)
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    language = models.CharField(
        _("language"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")], default="de"
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
    external_id = models.CharField(_("external id"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # As of a company.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    sort_key = sort_key("last_name", "first_name")
    match_key = match_key("first_name", "last_name")

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            models.CheckConstraint(condition=~Q(last_name=""), name="person_has_name"),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="person_external_id_once"
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_sort"),
            models.Index(fields=["match_key"], name="person_match"),
            GinIndex(OpClass(F("sort_key"), name="gin_trgm_ops"), name="person_name_parts"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Title, first and last name."""
        return " ".join(part for part in (self.title, self.first_name, self.last_name) if part)

    @property
    def list_name(self) -> str:
        """Last name first, as lists are sorted."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part)


class BuyingRole(models.TextChoices):
    """What a person has to say when the company buys."""

    DECISION_MAKER = "decision_maker", _("Decision maker")
    INFLUENCER = "influencer", _("Influencer")
    USER = "user", pgettext_lazy("of a product", "User")
    GATEKEEPER = "gatekeeper", _("Front desk")


class EmploymentQuerySet(models.QuerySet["Employment"]):
    """Employments belong to the open customer database, like the people and companies they join."""

    def visible_to(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def editable_by(self, user: "User") -> "Self":
        """All of them."""
        return self.all()

    def present(self) -> "Self":
        """Those that have not ended."""
        return self.filter(until=None)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Employment(models.Model):
    """A person working for a company, with a position, from one day to another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments", verbose_name=_("person"))
    company = models.ForeignKey(
        Company, models.CASCADE, related_name="employments", verbose_name=_("company")
    )
    position = models.CharField(_("position"), max_length=120, blank=True)
    role = models.CharField(_("role in purchases"), max_length=14, choices=BuyingRole, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("employment")
        verbose_name_plural = _("employments")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "company"],
                condition=Q(until=None),
                name="employment_once_at_a_time",
                violation_error_message=_("This person already works for this company."),
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="employment_ends_after_start",
                violation_error_message=_("The end must not lie before the start."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["", *BuyingRole.values]), name="employment_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} / {self.company}"

    @property
    def position_and_role(self) -> str:
        """What stands behind the name."""
        return " · ".join(part for part in (self.position, str(self.get_role_display() or "")) if part)


def _belongs_to_one(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(company=None, person__isnull=False) | Q(company__isnull=False, person=None), name=name
    )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Address(models.Model):
    """Where a company or a person can be visited or written to."""

    company = models.ForeignKey(Company, models.CASCADE, null=True, blank=True, related_name="addresses")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="addresses")
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("place"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, default="DE")

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [_belongs_to_one("address_of_company_or_person")]
        indexes = [models.Index(fields=["country", "postal_code"], name="address_postal_code")]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.street, f"{self.postal_code} {self.city}".strip()) if part)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Channel(models.Model):
    """One way to reach a company or a person; phone numbers are kept as E.164, shown readably."""

    class Kind(models.TextChoices):
        """By what means."""

        PHONE = "phone", _("Phone")
        MOBILE = "mobile", _("Mobile")
        EMAIL = "email", _("E-mail")
        WEB = "web", _("Web site")

    company = models.ForeignKey(Company, models.CASCADE, null=True, blank=True, related_name="channels")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="channels")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    value = models.CharField(_("number or address"), max_length=254)
    label = models.CharField(_("remark"), max_length=60, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("of communication", "channel")
        verbose_name_plural = pgettext_lazy("of communication", "channels")
        constraints = [
            _belongs_to_one("channel_of_company_or_person"),
            models.CheckConstraint(
                condition=Q(kind__in=["phone", "mobile", "email", "web"]), name="channel_kind_known"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="channel_has_value"),
        ]
        indexes = [models.Index(fields=["kind", "value"], name="channel_value")]

    def __str__(self) -> str:
        return self.value
