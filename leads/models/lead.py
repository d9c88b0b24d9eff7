"""Leads: inquiries and prospects before they are qualified, and why some come to nothing."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce, Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.rights import covered_owner_ids, led_team_ids
from contacts.models import Company, Person
from contacts.models.person import LANGUAGES
from core.audit import audited
from core.keys import every_word, match_key, sort_key
from extra_fields.columns import extra_column, extra_index
from leads.models.due import NO_NEXT_STEP, due_moment
from leads.models.reason import DisqualifyReason
from leads.models.source import Campaign, Source
from leads.models.words import OPEN_STATES, Direction, LeadState

if TYPE_CHECKING:
    from typing import Self

    from accounts.models import User


class LeadQuerySet(models.QuerySet["Lead"]):
    """The words we use to talk about many leads at once."""

    def current(self) -> "Self":
        """Without the leads of an import that was undone."""
        return self.filter(voided_at=None)

    def visible_to(self, user: "User") -> "Self":
        """As deals: all, the team's or one's own, as DEAL_VISIBILITY says; managers see their teams'.

        A lead that nobody has taken yet is seen by its team; one without a team by every manager, since
        somebody has to give it to a rep.
        """
        leads = self.current()
        if user.is_admin or settings.DEAL_VISIBILITY == "all":
            return leads
        scope = _own(user)
        if settings.DEAL_VISIBILITY == "team" and not user.team.is_unassigned:
            scope |= Q(owner__team=user.team_id)
        return leads.filter(scope)

    def editable_by(self, user: "User") -> "Self":
        """The owner and who stands in for them, the team while nobody has it, managers, admins."""
        leads = self.current()
        return leads if user.is_admin else leads.filter(_own(user))

    def with_rights(self, user: "User") -> "Self":
        """Each lead says in `is_editable` whether this user may change it."""
        may = Value(True) if user.is_admin else ExpressionWrapper(_own(user), models.BooleanField())
        return self.annotate(is_editable=may)

    def open(self) -> "Self":
        """Neither disqualified nor converted."""
        return self.filter(state__in=OPEN_STATES)

    def unanswered(self) -> "Self":
        """Inquiries of which nobody has done anything yet."""
        return self.open().filter(answered_at=None, answer_by__isnull=False)

    def step_due(self) -> "Self":
        """Open ones whose next step is due today or should have been done before."""
        return self.open().filter(next_step_on__lte=timezone.localdate())

    def stale(self, days: int) -> "Self":
        """Open ones that were answered, have no next step, and no touch for so many days."""
        since = timezone.now() - timedelta(days=days)
        waiting = Q(answered_at=None, answer_by__isnull=False)
        return self.open().filter(~waiting, next_step_on=None, touched_at__lt=since)

    def naming(self, text: str) -> "Self":
        """Those with every word of this text in the names of person and company."""
        return self.filter(every_word("sort_key", text))

    def for_page(self) -> "Self":
        """Everything the page of a lead shows of the lead itself."""
        links = ("company__owner", "person__owner", "owner__team", "team", "source", "campaign")
        return self.select_related(*links, "product_group", "disqualify_reason")

    def for_list(self) -> "Self":
        """Everything a row of the list shows."""
        return self.select_related("company", "person", "owner", "team", "source", "campaign").defer(
            "note", "score_reasons", "company__note", "person__note"
        )


def _own(user: "User") -> Q:
    """Leads this user works on: as owner, stand-in, or manager; and those of the team that nobody has."""
    mine = Q(owner__in=[user.pk, *covered_owner_ids(user)])
    if not user.team.is_unassigned:
        mine |= Q(owner=None, team=user.team_id)
    if user.is_manager:
        teams = led_team_ids(user)
        mine |= Q(owner__team__in=teams) | Q(owner=None, team__in=teams)
        mine |= Q(owner=None, team__is_unassigned=True)
    return mine


# Computed by rules, anew at any time: no past of theirs is kept.
SCORED = ("fit", "keenness", "score", "score_reasons")


@audited(leaving_out=["sort_key", "match_key", "form_key", "due_key", *SCORED])
class Lead(models.Model):
    """Somebody who could become a customer (Interessent, Lead), as they made themselves known.

    Names and channels are those of the inquiry; `company` and `person` are linked once it is known who it is.
    State and owner are the present end of the histories (`state_changes`, `assignments`), kept in step by
    `leads.actions`. `next_step` and `next_step_on` mirror the earliest open follow-up.
    """

    state = models.CharField(_("state"), max_length=12, choices=LeadState, default=LeadState.NEW)
    state_since = models.DateTimeField(_("in this state since"))
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, default=Direction.INBOUND)
    received_at = models.DateTimeField(_("received at"))
    # When one of us first did something about it: what response times are measured by.
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    # Until when an inquiry is to be answered, in working hours; empty where nobody waits for an answer.
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    touched_at = models.DateTimeField(_("last touch at"))

    salutation = models.CharField(_("salutation"), max_length=3, choices=Person.Salutation, blank=True)
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    company_name = models.CharField(_("company"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    website = models.CharField(_("web site"), max_length=254, blank=True)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("place"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, default="DE")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="de")
    industry = models.CharField(_("industry"), max_length=80, blank=True)
    interest = models.CharField(
        _("interest"), max_length=200, blank=True, help_text=_("What they asked for, in a few words.")
    )
    product_group = models.ForeignKey(
        "catalog.ProductGroup",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("product group"),
    )
    note = models.TextField(_("note"), max_length=5000, blank=True)

    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("company")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("person")
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("source")
    )
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name=_("campaign")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=pgettext_lazy("person in charge", "owner"),
    )
    team = models.ForeignKey("accounts.Team", models.PROTECT, related_name="leads", verbose_name=_("team"))
    disqualify_reason = models.ForeignKey(
        DisqualifyReason,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("reason for disqualifying"),
    )
    disqualify_note = models.CharField(_("explanation"), max_length=500, blank=True)

    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("next step on"), null=True, blank=True)
    next_step_key = models.GeneratedField(
        expression=Coalesce(F("next_step_on"), Value(NO_NEXT_STEP)),
        output_field=models.DateField(),
        db_persist=True,
    )
    # By when something is due: the answer, else the next step; without either it lies since the last touch.
    due_key = models.GeneratedField(
        expression=due_moment(), output_field=models.DateTimeField(), db_persist=True
    )
    # What the rules make of it (leads.scoring): both parts, their sum, and which rule gave how much.
    fit = models.IntegerField(_("fit"), default=0, db_default=0, editable=False)
    keenness = models.IntegerField(_("interest shown"), default=0, db_default=0, editable=False)
    score = models.IntegerField(_("score"), default=0, db_default=0, editable=False)
    score_reasons = models.JSONField(default=list, db_default=[], blank=True, editable=False)

    extra = extra_column()
    # The key it came with from another system; what is sent twice stays one lead.
    external_id = models.CharField(_("external id"), max_length=150, blank=True)
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Given by the form that entered it, so that a form sent twice enters one lead.
    form_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    sort_key = sort_key("last_name", "first_name", "company_name")
    match_key = match_key("first_name", "last_name")

    objects = LeadQuerySet.as_manager()

    # Only on leads that were read `with_rights`.
    is_editable: bool

    class Meta:
        verbose_name = pgettext_lazy("before it is a deal", "lead")
        verbose_name_plural = pgettext_lazy("before they are deals", "leads")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LeadState.values), name="lead_state_known"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="lead_direction_known"),
            models.CheckConstraint(
                condition=~Q(last_name="", company_name="", email="", phone="")
                | Q(company__isnull=False)
                | Q(person__isnull=False),
                name="lead_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="disqualified", disqualify_reason__isnull=False)
                | ~Q(state="disqualified") & Q(disqualify_reason=None, disqualify_note=""),
                name="lead_reason_iff_disqualified",
            ),
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on=None)
                | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                name="lead_next_step_has_date",
            ),
            models.CheckConstraint(condition=Q(score=F("fit") + F("keenness")), name="lead_score_adds_up"),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id="") & Q(voided_at=None),
                name="lead_external_id_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="lead_newest"),
            models.Index(fields=["owner", "state", "next_step_key", "id"], name="lead_inbox_owner"),
            models.Index(fields=["state", "next_step_key", "id"], name="lead_inbox"),
            models.Index(fields=["due_key", "id"], name="lead_due"),
            models.Index(fields=["owner", "due_key", "id"], name="lead_due_owner"),
            models.Index(fields=["-score", "-id"], name="lead_score"),
            models.Index(fields=["owner", "-score", "-id"], name="lead_score_owner"),
            models.Index(fields=["team", "state", "-received_at"], name="lead_team"),
            models.Index(fields=["company", "-received_at"], name="lead_company"),
            models.Index(fields=["person", "-received_at"], name="lead_person"),
            models.Index(fields=["source", "-received_at"], name="lead_source"),
            models.Index(fields=["campaign", "-received_at"], name="lead_campaign"),
            models.Index(fields=["sort_key", "id"], name="lead_sort"),
            models.Index(fields=["match_key"], name="lead_match"),
            models.Index(Upper("email"), name="lead_email", condition=~Q(email="")),
            models.Index(fields=["phone"], name="lead_phone", condition=~Q(phone="")),
            GinIndex(OpClass(F("sort_key"), name="gin_trgm_ops"), name="lead_name_parts"),
            extra_index("lead_extra"),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.full_name, self.company_name) if part) or self.reach

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("leads:lead_detail", args=[self.pk])

    @property
    def full_name(self) -> str:
        """Title, first and last name, as far as they were told."""
        return " ".join(part for part in (self.title, self.first_name, self.last_name) if part)

    @property
    def reach(self) -> str:
        """The address or number it made itself known by; else whom it is linked with."""
        return self.email or self.phone or str(self.person or self.company)

    @property
    def is_open(self) -> bool:
        """Neither disqualified nor converted."""
        return self.state in OPEN_STATES
