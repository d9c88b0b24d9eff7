"""Versions of offers: what each says, on which terms, and what became of it."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import (
    Case,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Round
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.vat import VatTreatment
from core.money import amount_field, currency_field
from offers.models.line import OfferLine
from pipeline.models import Deal

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User
    from contacts.models import Company, Person
    from pipeline.models.deal import DealQuerySet

NO_AMOUNT = Value(Decimal(0), output_field=DecimalField(max_digits=16, decimal_places=2))


class OfferState(models.TextChoices):
    """Where a version stands."""

    DRAFT = "draft", _("Draft")
    ASKED = "asked", _("Approval asked for")
    APPROVED = "approved", _("Approved")
    SENT = "sent", _("With the customer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Not yet with the customer: may still be written on.
UNSENT = (OfferState.DRAFT, OfferState.ASKED, OfferState.APPROVED)
# What a sent version may still change: what becomes of it, never what it says.
AFTER_SENDING = ("state", "is_current", "decided_at", "decline_reason", "internal_note", "revision")

FROZEN = f"""
IF to_jsonb(NEW) - ARRAY{list(AFTER_SENDING)} IS DISTINCT FROM to_jsonb(OLD) - ARRAY{list(AFTER_SENDING)} THEN
  RAISE EXCEPTION 'a sent offer says the same for ever' USING ERRCODE = 'check_violation',
    CONSTRAINT = 'offer_version_sent_is_frozen';
END IF;
RETURN NEW;
"""


def with_letters(deals: "DealQuerySet", user: "User") -> "DealQuerySet":
    """Those of the deals whose offers a user may read: letters to an erased private person are for admins."""
    return deals if user.is_admin else deals.exclude(company=None, person__erased_at__isnull=False)


class OfferVersionQuerySet(models.QuerySet["OfferVersion"]):
    """The words we use to talk about many versions at once."""

    def visible_to(self, user: "User") -> "Self":
        """Those of the deals this user may see."""
        return self.filter(
            Exists(with_letters(Deal.objects.visible_to(user), user).filter(pk=OuterRef("offer__deal")))
        )

    def editable_by(self, user: "User") -> "Self":
        """Those of the deals this user may change."""
        return self.filter(
            Exists(with_letters(Deal.objects.editable_by(user), user).filter(pk=OuterRef("offer__deal")))
        )

    def overdue(self) -> "Self":
        """Those with a customer whose last day has passed."""
        return self.filter(state=OfferState.SENT, valid_until__lt=timezone.localdate())

    def with_net(self) -> "Self":
        """Each version says in `net_total` what it comes to once, net, after the discount on all of it."""
        lines = OfferLine.objects.filter(version=OuterRef("pk"), billing="once").counted().order_by()
        total = Subquery(lines.values("version").annotate(total=Sum("net")).values("total"))
        summed = self.annotate(lines_total=Coalesce(total, NO_AMOUNT))
        discount = Case(
            When(discount_rate__gt=0, then=Round(F("lines_total") * F("discount_rate"), precision=2)),
            default=F("discount_amount"),
            output_field=DecimalField(max_digits=16, decimal_places=2),
        )
        net = ExpressionWrapper(
            F("lines_total") - discount, output_field=DecimalField(max_digits=16, decimal_places=2)
        )
        return summed.annotate(net_total=net)

    def for_page(self) -> "Self":
        """Everything the page of a version shows of the version itself."""
        return self.select_related("offer__deal__company", "offer__deal__person", "offer__deal__owner__team")


class OfferVersion(models.Model):
    """One wording of an offer. Sent once, it says the same for ever: the database sees to it.

    `is_current` is the one that is worked on or was last sent. A customer may accept the one in the state
    `sent`, of which there is one at most; it is superseded when the next one is sent.
    """

    class Language(models.TextChoices):
        """The language of the document."""

        DE = "de", "Deutsch"
        EN = "en", "English"

    offer = models.ForeignKey(
        "offers.Offer", models.CASCADE, related_name="versions", verbose_name=_("offer")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    is_current = models.BooleanField(_("current"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=OfferState, default=OfferState.DRAFT)
    based_on = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("based on")
    )

    title = models.CharField(_("subject"), max_length=200, blank=True)
    recipient = models.TextField(
        _("recipient"),
        max_length=500,
        blank=True,
        help_text=_("Name and address as they stand on the letter."),
    )
    salutation = models.CharField(_("salutation"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.DE)
    currency = currency_field()
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    intro = models.TextField(_("text before the lines"), max_length=5000, blank=True)
    closing = models.TextField(_("text after the lines"), max_length=5000, blank=True)
    delivery = models.CharField(_("delivery"), max_length=300, blank=True)
    payment_days = models.PositiveSmallIntegerField(_("payable within days"), default=30)
    cash_discount = models.DecimalField(
        _("cash discount (Skonto)"), max_digits=5, decimal_places=4, default=Decimal(0)
    )
    cash_discount_days = models.PositiveSmallIntegerField(_("cash discount within days"), default=0)
    payment_note = models.CharField(_("more on payment"), max_length=300, blank=True)
    discount_rate = models.DecimalField(
        _("discount on the total, as a part"), max_digits=5, decimal_places=4, default=Decimal(0)
    )
    discount_amount = amount_field(_("discount on the total, as an amount"), default=Decimal(0))
    shows_gross = models.BooleanField(_("prices with VAT"), default=False)
    vat_treatment = models.CharField(_("VAT"), max_length=7, choices=VatTreatment, default=VatTreatment.OWN)
    internal_note = models.TextField(_("internal note"), max_length=5000, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    created_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decline_reason = models.CharField(_("why declined"), max_length=500, blank=True)
    # Counts the savings: two who write at once notice.
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = OfferVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an offer")
        verbose_name_plural = _("versions of offers")
        ordering = ["offer", "number"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "number"], name="offer_version_number_once"),
            models.UniqueConstraint(
                fields=["offer"], condition=Q(is_current=True), name="offer_version_one_current"
            ),
            models.UniqueConstraint(
                fields=["offer"], condition=Q(state="sent"), name="offer_version_one_with_customer"
            ),
            models.UniqueConstraint(
                fields=["offer"], condition=Q(state="accepted"), name="offer_version_one_accepted"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OfferState.values), name="offer_version_state_known"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=UNSENT) & Q(sent_at=None))
                | (Q(state__in=["sent", "accepted", "declined", "expired"]) & Q(sent_at__isnull=False))
                | Q(state__in=["superseded", "withdrawn"]),
                name="offer_version_sent_at_as_state",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(valid_until__isnull=False),
                name="offer_version_sent_has_validity",
            ),
            models.CheckConstraint(
                condition=Q(discount_rate__gte=0, discount_rate__lte=1, discount_amount__gte=0)
                & (Q(discount_rate=0) | Q(discount_amount=0)),
                name="offer_version_one_discount",
            ),
            models.CheckConstraint(
                condition=Q(cash_discount__gte=0, cash_discount__lte=1),
                name="offer_version_cash_discount_is_rate",
            ),
            models.CheckConstraint(
                condition=Q(decline_reason="") | Q(state="declined"), name="offer_version_reason_if_declined"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["de", "en"]), name="offer_version_language_known"
            ),
            models.CheckConstraint(
                condition=Q(vat_treatment__in=VatTreatment.values), name="offer_version_vat_known"
            ),
        ]
        indexes = [
            models.Index(fields=["valid_until"], condition=Q(state="sent"), name="offer_version_runs_out"),
            models.Index(fields=["state", "offer"], condition=Q(is_current=True), name="offer_version_state"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="offer_version_sent_is_frozen",
                when=pgtrigger.Before,
                level=pgtrigger.Row,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sent_at__isnull=False),
                func=FROZEN,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} ({self.number})"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("offers:version_detail", args=[self.pk])

    @property
    def is_unsent(self) -> bool:
        """Whether it may still be written on."""
        return self.state in UNSENT

    @property
    def is_expired(self) -> bool:
        """Whether its last day has passed, also before the clock has noted it."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    @property
    def customer(self) -> "Company | Person | None":
        """Whom it is offered to."""
        return self.offer.deal.company or self.offer.deal.person
