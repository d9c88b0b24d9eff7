"""What runs by itself for one deal or one company: planned, coming up, and done lately."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from automation import clock
from automation.conditions import fitting
from automation.models import Rule, RuleHit
from automation.silence import customers_with_rhythm
from contacts.models import Company
from pipeline.models import Deal

MOST_DONE = 5
MOST_PLANNED = 20


@dataclass(frozen=True)
class ComingUp:
    """A rule that will act on a day if nothing changes until then."""

    rule: Rule
    on: date


@dataclass(frozen=True)
class Panel:
    """What the page of a deal or a company shows of rules."""

    planned: list[RuleHit]
    coming_up: list[ComingUp]
    ended: list[RuleHit]

    @property
    def is_empty(self) -> bool:
        """Nothing runs here."""
        return not (self.planned or self.coming_up or self.ended)


def read_panel(row: Deal | Company, user: User) -> Panel:
    """What is planned and what was done; hits are seen by whoever sees the deal."""
    hits = RuleHit.objects.visible_to(user).filter(**{str(row._meta.model_name): row})
    hits = hits.select_related("rule", "ended_by")
    coming = _for_deal(row) if isinstance(row, Deal) else _for_company(row)
    known = set(hits.values_list("rule", "occasion"))
    return Panel(
        planned=list(hits.planned().order_by("due_at", "pk")[:MOST_PLANNED]),
        coming_up=sorted(
            (ComingUp(rule, on) for rule, on, occasion in coming if (rule.pk, occasion) not in known),
            key=lambda one: (one.on, one.rule.pk),
        )[:MOST_PLANNED],
        ended=list(hits.exclude(state=RuleHit.State.PLANNED).order_by("-pk")[:MOST_DONE]),
    )


def _for_deal(deal: Deal) -> list[tuple[Rule, date, str]]:
    coming = []
    for rule in Rule.objects.running():
        if rule.is_by_the_clock and not rule.is_about_customers:
            fit = fitting(rule, Deal.objects.filter(pk=deal.pk))
            coming += [(rule, on, occasion) for on, occasion in clock.occasions(rule.trigger, rule.days, fit)]
    return coming


def _for_company(company: Company) -> list[tuple[Rule, date, str]]:
    rules = [rule for rule in Rule.objects.running() if rule.is_about_customers]
    return [
        (rule, one.falls_due_on, one.occasion)
        for rule in rules
        for one in customers_with_rhythm(rule.days, company.pk)
    ]
