"""What the law wants proof of: whom we may reach by which means, what it was used for, and who said no."""

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models.company import Company
from contacts.models.person import Person
from contacts.models.reach import Channel, belongs_to_one

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class Means(models.TextChoices):
    """How a customer is reached."""

    PHONE = "phone", _("Telephone")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")


MEANS_OF_CHANNEL = {
    Channel.Kind.PHONE.value: Means.PHONE,
    Channel.Kind.MOBILE.value: Means.PHONE,
    Channel.Kind.EMAIL.value: Means.EMAIL,
}


class LegalEntryQuerySet(models.QuerySet["LegalEntry"]):
    """Entries belong to the open customer database, like the people they are about."""

    def visible_to(self, user: "User") -> "Self":
        """Those of companies, and of persons whose data may be looked at."""
        return self.filter(Q(person=None) | Q(person__in=Person.objects.visible_to(user)))

    def editable_by(self, user: "User") -> "Self":
        """Whoever keeps contacts also notes what they allow and forbid."""
        return self.visible_to(user)

    def of(self, contact: Company | Person) -> "Self":
        """The record of one contact."""
        column = "company" if isinstance(contact, Company) else "person"
        return self.filter(**{column: contact.pk})


class LegalEntry(models.Model):
    """One line in the record of whether a contact may be reached by a means: a permission, or its end.

    Lines are only ever added; what holds today is read from all of them (contacts.lawful).
    """

    class Kind(models.TextChoices):
        """What the line says; the three permissions first."""

        CONSENT = "consent", _("Consent")
        CUSTOMER = "customer", _("Existing customer")
        PRESUMED = "presumed", _("Presumed consent")
        WITHDRAWAL = "withdrawal", _("Withdrawal")
        OBJECTION = "objection", _("Objection")

    class Way(models.TextChoices):
        """How it was said."""

        WEB = "web", _("Web form")
        PAPER = "paper", _("On paper")
        PERSON = "person", _("In person")
        PHONE = "phone", _("By telephone")
        EMAIL = "email", _("By e-mail")

    class Proof(models.TextChoices):
        """How we made sure that it was them."""

        NONE = "", _("none")
        DOUBLE_OPT_IN = "double_opt_in", _("Double opt-in by e-mail")
        SIGNATURE = "signature", _("Signature")
        RECORDING = "recording", _("Recording of the call, with their consent")
        CODE = "code", _("Code sent to this number")

    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="legal_entries", verbose_name=_("person")
    )
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="legal_entries",
        verbose_name=_("company"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    means = models.CharField(_("means"), max_length=6, choices=Means)
    # The number or address as it is kept; empty for every one of the contact.
    value = models.CharField(_("number or address"), max_length=300, blank=True)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    wording = models.TextField(_("wording"), max_length=2000, blank=True)
    way = models.CharField(_("way"), max_length=6, choices=Way, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), max_length=500, blank=True)
    proof = models.CharField(_("proof"), max_length=13, choices=Proof, blank=True)
    # The conditions of § 7 (3) UWG that somebody has to vouch for.
    obtained_in_sale = models.BooleanField(_("address obtained with the sale"), default=False)
    told_of_objection = models.BooleanField(_("told of the right to object"), default=False)
    # An objection to every contact, not only to advertising.
    is_total = models.BooleanField(_("no contact at all"), default=False)
    ends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="withdrawals", verbose_name=_("ends")
    )
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    objects = LegalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["pk"]
        constraints = [
            belongs_to_one("legal_entry_of_company_or_person"),
            models.CheckConstraint(
                condition=Q(kind__in=["consent", "customer", "presumed", "withdrawal", "objection"]),
                name="legal_entry_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(means__in=["phone", "email", "letter"]), name="legal_entry_means_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="consent") | ~Q(wording="") & ~Q(source="") & ~Q(way=""),
                name="legal_entry_consent_has_evidence",
            ),
            # A mail proves who owns the address, not whose telephone it is (BGH I ZR 164/09).
            models.CheckConstraint(
                condition=~Q(means="phone") | ~Q(proof="double_opt_in"),
                name="legal_entry_no_mail_for_phone",
            ),
            models.CheckConstraint(
                condition=~Q(kind="presumed") | Q(means="phone") & ~Q(reason=""),
                name="legal_entry_presumed_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind="customer")
                | Q(means="email", obtained_in_sale=True, told_of_objection=True) & ~Q(reason=""),
                name="legal_entry_customer_conditions",
            ),
            models.CheckConstraint(
                condition=Q(kind="withdrawal", ends__isnull=False) | ~Q(kind="withdrawal") & Q(ends=None),
                name="legal_entry_withdrawal_ends_one",
            ),
        ]
        triggers = [
            # Merging moves the contact; erasure blanks what was said.
            pgtrigger.ReadOnly(
                name="legal_entry_is_history",
                exclude=["person", "company", "value", "wording", "source", "reason"],
            ),
            pgtrigger.Protect(name="legal_entry_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_means_display()}"

    @property
    def is_permission(self) -> bool:
        """Whether it allows something, rather than ending it."""
        return self.kind in (self.Kind.CONSENT, self.Kind.CUSTOMER, self.Kind.PRESUMED)

    @property
    def is_proven(self) -> bool:
        """Whether the consent could be proved: anyone can type another's number into a web form."""
        if self.kind != self.Kind.CONSENT or self.way != self.Way.WEB:
            return True
        return self.proof != self.Proof.NONE


class LegalUse(models.Model):
    """A permission was made use of: § 7a UWG keeps the proof five years from each use."""

    entry = models.ForeignKey(LegalEntry, models.CASCADE, related_name="uses", verbose_name=_("legal basis"))
    at = models.DateTimeField(_("moment"))
    used_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("used by")
    )

    class Meta:
        verbose_name = _("use of a legal basis")
        verbose_name_plural = _("uses of legal bases")
        indexes = [models.Index(fields=["entry", "at"], name="legal_use_at")]
        triggers = [
            pgtrigger.ReadOnly(name="legal_use_is_history"),
            pgtrigger.Protect(name="legal_use_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.at:%Y-%m-%d}"


class Suppression(models.Model):
    """A number or address that must not be used, kept as a keyed hash: it tells nobody whose it was.

    No row points at a person, so it outlives deletion, re-import, merging and restoring.
    """

    class Origin(models.TextChoices):
        """Why it is on the list."""

        OBJECTION = "objection", _("Objection")
        ERASURE = "erasure", _("Erasure")

    means = models.CharField(_("means"), max_length=6, choices=Means)
    digest = models.CharField(max_length=64)
    # Which key made the digest: after a change of keys the old ones are still asked.
    key_name = models.CharField(max_length=12)
    is_total = models.BooleanField(_("no contact at all"), default=False)
    origin = models.CharField(_("origin"), max_length=9, choices=Origin)
    since = models.DateTimeField(_("since"))
    # A later express consent of the same person takes it off the list.
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("blocked number or address")
        verbose_name_plural = _("blocked numbers and addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["means", "digest"], condition=Q(lifted_at=None), name="suppression_once"
            ),
            models.CheckConstraint(
                condition=Q(means__in=["phone", "email", "letter"]), name="suppression_means_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["objection", "erasure"]), name="suppression_origin_known"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="suppression_is_history", exclude=["lifted_at", "is_total"]),
            pgtrigger.Protect(name="suppression_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_means_display()} · {self.digest[:8]}"
