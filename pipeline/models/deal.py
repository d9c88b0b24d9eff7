"""Deals: one chance to sell each, moving through the five stages; who works on them; the buying centre."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import TransactionNow
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.rights import covered_owner_ids, led_team_ids
from contacts.models import BuyingRole, Company, Person
from core.keys import MOST_WORDS, fold, sort_key
from core.money import amount_field, currency_field
from extra_fields.columns import extra_column, extra_index
from pipeline.models.history import StageChange
from pipeline.models.process import LossReason, StageSetting
from pipeline.models.stage import DealKind, Outcome, Stage
from pipeline.models.triggers import history_ends_in_present, touched

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User

# Where a deal without a next step sorts: before everything that has a date.
NO_NEXT_STEP = date(1, 1, 1)
# Where a deal without an expected closing sorts: after everything that has a date.
NO_EXPECTED_CLOSE = date(9999, 12, 31)

# A board reads a hundred deals with their customers at once; what no card shows would be half of the work.
ON_A_CARD = (
    *("title", "value", "currency", "kind", "stage", "stage_since", "closed_at", "touched_at"),
    *("next_step", "next_step_on", "next_step_key"),
    *("company__name", "person__title", "person__first_name", "person__last_name"),
    *("owner__first_name", "owner__last_name"),
)


class DealQuerySet(models.QuerySet["Deal"]):
    """The words we use to talk about many deals at once."""

    def current(self) -> "Self":
        """Without the deals of an import that was undone."""
        return self.filter(voided_at=None)

    def visible_to(self, user: "User") -> "Self":
        """All, the team's or one's own, as DEAL_VISIBILITY says; managers see their teams', admins all."""
        deals = self.current()
        if user.is_admin or settings.DEAL_VISIBILITY == "all":
            return deals
        scope = _own(user)
        if settings.DEAL_VISIBILITY == "team" and not user.team.is_unassigned:
            scope |= Q(owner__team=user.team_id)
        return deals.filter(scope)

    def editable_by(self, user: "User") -> "Self":
        """Owner, co-workers, the owner's stand-in while a cover runs, managers of the team, admins."""
        deals = self.current()
        return deals if user.is_admin else deals.filter(_own(user))

    def open(self) -> "Self":
        """Neither won nor lost."""
        return self.filter(outcome=Outcome.OPEN)

    def for_board(self) -> "Self":
        """Everything a card shows; deals without a next step first, then by its date."""
        shown = self.open().select_related("company", "person", "owner").only(*ON_A_CARD)
        return shown.order_by("next_step_key", "pk")

    def for_page(self) -> "Self":
        """Everything the page of a deal shows of the deal itself."""
        return self.select_related(
            "company", "person", "owner__team", "product", "source", "lead", "loss_reason"
        )

    def for_list(self) -> "Self":
        """Everything a row of the list shows."""
        return self.select_related("company", "person", "owner").defer(
            "note", "company__note", "person__note"
        )

    def with_expected_close_key(self) -> "Self":
        """With the expected closing as a key that is never empty, to sort by; an index holds it."""
        return self.annotate(expected_close_key=expected_close_key())

    def without_next_step(self) -> "Self":
        """Open deals nobody has planned anything for."""
        # The key lets the index of the board answer; a date may in theory be as old as what stands for none.
        return self.open().filter(next_step_key=NO_NEXT_STEP, next_step_on=None)

    def that_came_to(self, stage: int) -> "Self":
        """Those that stand in this stage or a later one, or once did; steps undone do not count."""
        steps = StageChange.objects.effective().filter(deal=OuterRef("pk"), to_stage__gte=stage)
        return self.filter(Q(stage__gte=stage) | Q(Exists(steps)))

    def overdue(self) -> "Self":
        """Open deals whose next step should have been done before today."""
        return self.open().filter(next_step_on__lt=timezone.localdate())

    def too_long_in_stage(self, settings: "Iterable[StageSetting]") -> "Self":
        """Open deals that stand in their stage longer than is usual there."""
        return self.open().filter(longer_than_usual(settings))

    def naming(self, text: str) -> "Self":
        """Those with every word of this text in what they are about or in the customer's name."""
        # The longest word is the rarest, as a rule: it says which deals are looked at for the others.
        words = sorted(fold(text).split()[:MOST_WORDS], key=len, reverse=True)
        if not words:
            return self
        # Three ways, each by its index; as one condition with OR every deal would be looked at.
        titled = Deal.objects.filter(title_key__contains=words[0]).values("pk")
        companies = Company.objects.filter(sort_key__contains=words[0]).values("pk")
        persons = Person.objects.filter(sort_key__contains=words[0]).values("pk")
        of_companies = Deal.objects.filter(company__in=companies).values("pk")
        of_persons = Deal.objects.filter(person__in=persons).values("pk")
        deals = self.filter(pk__in=titled.union(of_companies, of_persons, all=True))
        for word in words[1:]:
            deals = deals.filter(says(word))
        return deals

    def touch(self) -> None:
        """Something changed that their cards show and that stands in another table."""
        self.update(touched_at=TransactionNow())

    def with_rights(self, user: "User") -> "Self":
        """Each deal says in `is_editable` whether this user may change it."""
        may = Value(True) if user.is_admin else ExpressionWrapper(_own(user), output_field=BooleanField())
        return self.annotate(is_editable=may)


def says(word: str) -> Q:
    """The condition that a folded word is in what a deal is about or in the customer's name."""
    return (
        Q(title_key__contains=word) | Q(company__sort_key__contains=word) | Q(person__sort_key__contains=word)
    )


def expected_close_key() -> Coalesce:
    """The day a deal is expected to close; a computed key, for a stored one would rewrite the table."""
    return Coalesce(F("expected_close_on"), Value(NO_EXPECTED_CLOSE), output_field=models.DateField())


def longer_than_usual(settings: "Iterable[StageSetting]") -> Q:
    """The condition on a deal that it has been in its stage for more whole days than is usual there."""
    now = timezone.now()
    condition = Q(pk__in=[])
    for setting in settings:
        entered_by = now - timedelta(days=setting.usual_days + 1)
        condition |= Q(stage=setting.stage, stage_since__lte=entered_by)
    return condition


def _own(user: "User") -> Q:
    """Deals this user works on: as owner, co-worker, stand-in, or manager of the owner's team."""
    owned = Q(owner__in=[user.pk, *covered_owner_ids(user)])
    helped = Q(Exists(DealMember.objects.filter(deal=OuterRef("pk"), user=user.pk)))
    if teams := led_team_ids(user):
        return owned | helped | Q(owner__team__in=teams)
    return owned | helped


class Deal(models.Model):
    """One chance to sell (Verkaufschance): to a company, to a person, or to a person in a company.

    Stage and outcome are the present end of the history (`stage_changes`), kept in step by `pipeline.actions`
    and guarded by the database. `next_step` and `next_step_on` mirror the earliest open follow-up.
    """

    title = models.CharField(pgettext_lazy("of a deal", "what it is about"), max_length=200)
    company = models.ForeignKey(
        "contacts.Company",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("company"),
    )
    person = models.ForeignKey(
        "contacts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("person"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="deals",
        verbose_name=pgettext_lazy("person in charge", "owner"),
    )
    kind = models.CharField(_("kind of business"), max_length=8, choices=DealKind, default=DealKind.NEW)
    value = amount_field(_("value, net"), default=0)
    currency = currency_field()
    # What is paid again and again is kept apart from the value, and never added to it.
    monthly_value = amount_field(_("value per month, net"), null=True, blank=True, editable=False)
    yearly_value = amount_field(_("value per year, net"), null=True, blank=True, editable=False)
    product = models.ForeignKey(
        "catalog.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("product"),
    )
    source = models.ForeignKey(
        "leads.Source", models.PROTECT, null=True, blank=True, related_name="deals", verbose_name=_("source")
    )
    # The lead it was made of: its touches are this deal's.
    lead = models.ForeignKey(
        "leads.Lead",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="deals",
        verbose_name=pgettext_lazy("before it is a deal", "lead"),
    )
    expected_close_on = models.DateField(_("expected closing"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=5000, blank=True)

    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage, default=Stage.AKQUISE)
    outcome = models.CharField(_("outcome"), max_length=4, choices=Outcome, default=Outcome.OPEN)
    stage_since = models.DateTimeField(_("in the stage since"))
    opened_at = models.DateTimeField(_("opened at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    loss_reason = models.ForeignKey(
        LossReason, models.PROTECT, null=True, blank=True, related_name="deals", verbose_name=_("loss reason")
    )
    loss_note = models.CharField(_("explanation"), max_length=500, blank=True)
    won_value = amount_field(_("value won"), null=True, blank=True)
    is_new_customer = models.BooleanField(_("won a new customer"), null=True, blank=True)
    accepted_directly = models.BooleanField(_("accepted as offered"), null=True, blank=True)

    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("next step on"), null=True, blank=True)
    next_step_key = models.GeneratedField(
        expression=Coalesce(F("next_step_on"), Value(NO_NEXT_STEP)),
        output_field=models.DateField(),
        db_persist=True,
    )

    extra = extra_column()
    external_id = models.CharField(_("external id"), max_length=100, blank=True)
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Given by the form that opened it, so that a form sent twice opens one deal.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    # When what its card shows last changed; written by the database, which also tells the open boards.
    touched_at = models.DateTimeField(_("changed at"), db_default=TransactionNow(), editable=False)
    title_key = sort_key("title")

    objects = DealQuerySet.as_manager()

    # Only on deals that were read `with_rights`.
    is_editable: bool

    class Meta:
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="deal_stage_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="deal_outcome_known"),
            models.CheckConstraint(condition=Q(kind__in=DealKind.values), name="deal_kind_known"),
            models.CheckConstraint(
                condition=Q(outcome="open", closed_at=None)
                | (~Q(outcome="open") & Q(closed_at__isnull=False)),
                name="deal_closed_at_iff_closed",
            ),
            models.CheckConstraint(
                condition=Q(outcome="lost", loss_reason__isnull=False)
                | (~Q(outcome="lost") & Q(loss_reason=None, loss_note="")),
                name="deal_loss_reason_iff_lost",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="won") | Q(company__isnull=False) | Q(person__isnull=False),
                name="deal_won_has_customer",
            ),
            models.CheckConstraint(
                condition=Q(outcome="won", won_value__isnull=False, is_new_customer__isnull=False, stage=5)
                | (~Q(outcome="won") & Q(won_value=None, is_new_customer=None)),
                name="deal_win_facts_iff_won",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="deal_closed_after_opened",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="deal_value_not_negative"),
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on=None)
                | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                name="deal_next_step_has_date",
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="deal_external_id_once"
            ),
            models.UniqueConstraint(
                fields=["lead"],
                condition=Q(lead__isnull=False, voided_at=None),
                name="deal_of_lead_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "stage", "next_step_key", "id"],
                name="deal_board_owner",
                condition=Q(outcome="open", voided_at=None),
            ),
            models.Index(
                fields=["stage", "next_step_key", "id"],
                name="deal_board",
                condition=Q(outcome="open", voided_at=None),
            ),
            models.Index(fields=["-opened_at", "-id"], name="deal_newest"),
            models.Index(fields=["title_key", "id"], name="deal_title"),
            models.Index(fields=["value", "id"], name="deal_value"),
            models.Index(fields=["next_step_key", "id"], name="deal_next_step"),
            models.Index(fields=["stage", "id"], name="deal_stage"),
            models.Index(fields=["stage_since", "id"], name="deal_stage_since"),
            models.Index(expected_close_key(), F("id"), name="deal_expected_close"),
            models.Index(fields=["company", "-opened_at"], name="deal_company"),
            models.Index(fields=["person", "-opened_at"], name="deal_person"),
            models.Index(fields=["closed_at"], name="deal_closed"),
            models.Index(fields=["touched_at"], name="deal_touched"),
            models.Index(
                fields=["product", "currency", "-closed_at", "-id"],
                condition=Q(outcome="won", voided_at=None),
                name="deal_won_of_product",
            ),
            GinIndex(OpClass(F("title_key"), name="gin_trgm_ops"), name="deal_title_parts"),
            extra_index("deal_extra"),
        ]
        triggers = [
            history_ends_in_present("deal_opened_with_history", deal="NEW.id", on=pgtrigger.Insert),
            history_ends_in_present(
                "deal_moved_with_history",
                deal="NEW.id",
                on=pgtrigger.UpdateOf("stage", "outcome"),
            ),
            touched("deal_is_announced"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_name}: {self.title}"

    @property
    def is_open(self) -> bool:
        """Neither won nor lost."""
        return self.outcome == Outcome.OPEN

    @property
    def is_won(self) -> bool:
        """The order is confirmed."""
        return self.outcome == Outcome.WON

    @property
    def is_lost(self) -> bool:
        """Leaked out of the funnel."""
        return self.outcome == Outcome.LOST

    @property
    def customer_name(self) -> str:
        """The company, else the person, else a dash for imported deals that name neither."""
        return str(self.company or self.person or "–")

    @property
    def days_in_stage(self) -> int:
        """Whole days since the deal entered its present stage, until now or until it was closed."""
        return ((self.closed_at or timezone.now()) - self.stage_since).days


class DealMember(models.Model):
    """A colleague working on someone else's deal; may edit it, figures stay with the owner."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="members", verbose_name=_("deal"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="deal_memberships", verbose_name=_("user")
    )

    class Meta:
        verbose_name = _("co-worker on a deal")
        verbose_name_plural = _("co-workers on deals")
        constraints = [models.UniqueConstraint(fields=["deal", "user"], name="deal_member_once")]
        indexes = [models.Index(fields=["user", "deal"], name="deal_member_user")]

    def __str__(self) -> str:
        return f"{self.user} / {self.deal_id}"


class DealPerson(models.Model):
    """A person of the customer in this deal's buying centre, and what they have to say in it."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="people", verbose_name=_("deal"))
    person = models.ForeignKey(
        "contacts.Person", models.PROTECT, related_name="deal_roles", verbose_name=_("person")
    )
    role = models.CharField(_("role in this purchase"), max_length=14, choices=BuyingRole)

    class Meta:
        verbose_name = _("person in the buying centre")
        verbose_name_plural = _("buying centre")
        constraints = [
            models.UniqueConstraint(
                fields=["deal", "person"],
                name="deal_person_once",
                violation_error_message=_("This person already has a role in this deal."),
            ),
            models.CheckConstraint(condition=Q(role__in=BuyingRole.values), name="deal_person_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"
