"""How long is long enough: which persons nobody has had to do with for as long as their data may be kept."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity
from contacts.models import Employment, Person, PersonQuerySet
from pipeline.models import Deal, DealPerson, DealQuerySet, Outcome
from privacy.models import KeptRecord, RetentionClass, RetentionProposal

MOST_PER_NIGHT = 200


def periods() -> list[str]:
    """The periods in words, for the report on a person."""
    return [
        *(_period(retention) for retention in RetentionClass.objects.exclude(kind=RetentionClass.Kind.KEPT)),
        *(str(label) for label in KeptRecord.Law.labels),
    ]


def longest_ago(retention: RetentionClass, today: date) -> date:
    """Whoever was last heard of before this day has been kept long enough."""
    start = date(today.year, 1, 1) if retention.from_year_end else today
    return start - relativedelta(months=retention.months)


def kept_long_enough(retention: RetentionClass, *, today: date | None = None) -> PersonQuerySet:
    """Persons of this kind with `last_contact`, the longest ago first, who are not proposed or postponed."""
    today = today or timezone.localdate()
    persons = Person.objects.filter(erased_at=None, restricted_at=None).annotate(last_contact=_last_contact())
    bought = Exists(_deals().filter(outcome=Outcome.WON))
    persons = persons.filter(bought if retention.kind == RetentionClass.Kind.CUSTOMER else ~bought)
    waiting = RetentionProposal.objects.filter(person=OuterRef("pk"), retention=retention)
    open_or_postponed = waiting.filter(Q(decided_at=None) | Q(postponed_until__gt=today))
    return (
        persons.filter(last_contact__date__lt=longest_ago(retention, today))
        .exclude(Exists(_deals().filter(outcome=Outcome.OPEN)))
        .exclude(Exists(open_or_postponed))
        .order_by("last_contact", "pk")
    )


def records_past_their_time() -> int:
    """How many records the law no longer wants kept."""
    return KeptRecord.objects.filter(kept_until__lt=timezone.localdate()).count()


def _period(retention: RetentionClass) -> str:
    months = ngettext("%(count)d month", "%(count)d months", retention.months) % {"count": retention.months}
    since = (
        _("after the end of the year of the last contact")
        if retention.from_year_end
        else _("after the last contact")
    )
    return f"{retention}: {months} {since} ({retention.reason})"


def _deals() -> DealQuerySet:
    """The deals of a person, and those of the companies they work for or have a part in."""
    employers = Employment.objects.present().filter(person=OuterRef(OuterRef("pk"))).values("company")
    named = DealPerson.objects.filter(person=OuterRef(OuterRef("pk"))).values("deal")
    return Deal.objects.filter(Q(person=OuterRef("pk")) | Q(company__in=employers) | Q(pk__in=named))


def _last_contact() -> Greatest:
    """The latest of: entered, spoken with, a deal closed. PostgreSQL's GREATEST passes over NULL."""
    spoken = Activity.objects.filter(person=OuterRef("pk")).order_by().values("person")
    closed = Deal.objects.filter(person=OuterRef("pk")).order_by().values("person")
    return Greatest(
        F("created_at"),
        Subquery(spoken.annotate(last=Max("at")).values("last")),
        Subquery(closed.annotate(last=Max("closed_at")).values("last")),
    )
