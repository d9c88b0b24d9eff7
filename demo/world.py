"""The demo company: everyone in it and twenty-seven months of work, the same for the same seed and day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from accounts.models import User
from activities.models import Activity, FollowUp
from catalog.models import Product, ProductGroup
from contacts.models import Channel, Company, Person
from core import events
from core.planner import tell_planner
from demo import company
from demo.contact_history import ContactHistory
from demo.customers import Customer, CustomerBook
from demo.dashboards import arrange
from demo.deals import DealWalk, opening_moments, plan_deal
from demo.duplicates import enter_twice
from demo.extra_fields import Known, define_extra_fields
from demo.judgements import judge_deals
from demo.knowledge import Knowledge
from demo.law import note_permissions
from demo.leads import tell_leads
from demo.mails import write_mails
from demo.negotiations import ask_for_approvals, write_paper, write_rounds
from demo.offers import OfferBook
from demo.orders import OrderBook
from demo.potentials import enter_partners, estimate_potentials, name_superiors
from demo.price_lists import write_prices
from demo.registers import register
from demo.rules import switch_on_rules
from demo.saved_views import save_views
from demo.scenarios import plan_scenarios
from demo.showcase import Showcase
from demo.staff import DAYS_BACK, Rep, Staff, hire
from demo.stands import Row, age, confirm
from demo.supplies import enter_francs, note_supplies
from demo.targets import plan_targets
from demo.web_forms import write_web_forms
from demo.working_days import MINUTES_OPEN, at_minute, working_day_before
from leads.actions import learn_chances, score_leads
from leads.models import Source
from offers.models import Order, OrderLine
from pipeline.backfill import DealStory, write_stories
from pipeline.models import Criterion, Deal, LossReason, StageChange
from pipeline.new_customers import mark_new_customers
from reporting.purchases.affinities import count_affinities
from reporting.purchases.reorders import count_reorders

BATCH = 1000
WRITTEN_IN_BULK = (Company, Person, Channel, Deal, StageChange, Order, OrderLine, Activity, FollowUp)
BUYS_AGAIN = 0.25
HELPED = 0.07


@transaction.atomic
def create_world(today: date, *, deals: int, seed: int) -> None:
    """Write the demo company as it stands in the morning of `today`; the database must hold no users yet."""
    rng = Random(seed)  # noqa: S311 - plausible, not secret
    end = at_minute(working_day_before(today), MINUTES_OPEN)
    staff = hire(today)
    save_views(staff)
    arrange(staff)
    book = CustomerBook(rng)
    territories = _territories(staff, book, deals)
    define_extra_fields()
    known = Known(today, seed)
    known.of_companies(book.companies)
    known.of_persons(book.persons)
    knowledge = Knowledge(today, seed)
    knowledge.of_companies(book.companies)
    register(book.companies, book.addresses, seed)
    book.save()
    age(book.companies, book.persons, today, seed)
    _confirm_facts(book, staff, today, seed)
    knowledge.write(book.companies, book.persons)
    criteria = {criterion.code: criterion for criterion in Criterion.objects.all()}
    history = ContactHistory(criteria, today, end, rng)
    teller = Teller(staff, territories, history, end, rng)

    since = today - timedelta(days=DAYS_BACK)
    stories = [teller.tell(at) for at in opening_moments(since, end, deals, rng)]
    known.of_deals(story.deal for story in stories)
    mark_new_customers([story.deal for story in stories])
    write_stories(stories)
    OrderBook(today, seed).write((story.deal for story in stories), book.companies)
    tell_planner(*WRITTEN_IN_BULK)
    write_prices(book.companies, today)
    OfferBook(today, end, seed).write([story.deal for story in stories])
    write_paper()
    write_rounds([story.deal for story in stories], end, seed)
    ask_for_approvals(seed)
    estimate_potentials(book.companies, staff.admin, today, seed)
    note_supplies(staff.admin, today, seed)
    enter_francs(today, seed)
    enter_partners((story.deal for story in stories), today, seed)
    name_superiors(book.employments)
    plan_targets([story.deal for story in stories], today)
    plan_scenarios((story.deal for story in stories), staff.reps[0].user.team.managers.get(), today)
    judge_deals((story.deal for story in stories), end, seed)
    Activity.objects.bulk_create(history.activities, batch_size=BATCH)
    FollowUp.objects.bulk_create(history.follow_ups, batch_size=BATCH)
    tell_planner(*WRITTEN_IN_BULK)
    tell_leads(staff, (story.deal for story in stories), today, end, seed)
    note_permissions(book.companies, book.persons, staff.admin, seed)
    write_mails(staff.admin, end, rng)
    write_web_forms(staff.admin, end)
    Showcase(staff, today).write()
    enter_twice(book.companies, book.persons, seed)
    score_leads(now=end)
    learn_chances(now=end)
    switch_on_rules(staff.admin)
    count_affinities()
    count_reorders()
    events.record("deals.imported", staff.admin, actor=None, count=len(stories))


def _confirm_facts(book: CustomerBook, staff: Staff, today: date, seed: int) -> None:
    rows: list[Sequence[Row]] = [book.companies, book.persons, book.channels, book.addresses]
    confirm(rows, [rep.user for rep in staff.reps if rep.until is None], today, seed)


@dataclass
class Territory:
    """The customers of one rep: those nobody has spoken to yet, and those who are known."""

    fresh: list[Customer]
    known: list[Customer] = field(default_factory=list)

    def pick(self, at: datetime, rng: Random) -> Customer:
        """Someone who has bought before, now and then; else someone new while there are any."""
        if rng.random() < BUYS_AGAIN:
            buyers = [
                customer for customer in self.known if any(moment < at for moment in customer.bought_at)
            ]
            if buyers:
                return rng.choice(buyers)
        if not self.fresh:
            return rng.choice(self.known)
        self.known.append(self.fresh.pop())
        return self.known[-1]


class Teller:
    """Tells one deal after the other, in the order in which they were opened."""

    def __init__(
        self,
        staff: Staff,
        territories: dict[User, Territory],
        history: ContactHistory,
        end: datetime,
        rng: Random,
    ) -> None:
        self.staff, self.territories, self.history = staff, territories, history
        self.end, self.rng = end, rng
        self.reasons = {reason.code: reason for reason in LossReason.objects.all()}
        self.products = _save_products()
        self.sources = Source.objects.bulk_create(Source(name=name) for name in company.SOURCES)

    def tell(self, at: datetime) -> DealStory:
        """One deal from its opening to its end or to the present, with all that was done for it."""
        selling = [rep for rep in self.staff.reps if rep.sells_at(at)]
        rep = self.rng.choices(selling, weights=[rep.share for rep in selling])[0]
        customer = self.territories[rep.user].pick(at, self.rng)
        ware = self._pick_ware(customer)
        deal = plan_deal(rep, customer, ware, at, self.rng)
        deal.product, deal.source = self.products[ware.number], self.rng.choice(self.sources)

        story = DealWalk(deal, rep, at, self.end, self.reasons, self.rng).walk()
        if deal.is_won and deal.closed_at:
            customer.bought_at.append(deal.closed_at)
        if deal.is_open and self.rng.random() < HELPED:
            story.add_member(self._colleague_of(deal.owner, rep))
        self.history.accompany(story, customer)
        return story

    def _pick_ware(self, customer: Customer) -> company.Ware:
        fitting = [ware for ware in company.WARES if (ware.for_firms if customer.company else ware.for_homes)]
        return self.rng.choice(fitting)

    def _colleague_of(self, owner: User, rep: Rep) -> User:
        others = [
            other.user
            for other in self.staff.reps
            if other.branch is rep.branch and other.until is None and other.user != owner
        ]
        return self.rng.choice(others)


def _save_products() -> dict[str, Product]:
    names = dict.fromkeys(ware.group for ware in company.WARES)
    groups = {name: ProductGroup.objects.create(name=name) for name in names}
    products = {
        ware.number: Product(
            number=ware.number,
            name=ware.name,
            group=groups[ware.group],
            unit=ware.unit,
            price=ware.list_price,
        )
        for ware in company.WARES
    }
    Product.objects.bulk_create(products.values())
    return products


def _territories(staff: Staff, book: CustomerBook, deals: int) -> dict[User, Territory]:
    """Each rep has a territory; that of someone who left now belongs to the successor."""
    total = sum(rep.share for rep in staff.reps)
    territories = {}
    for rep in staff.reps:
        expected = deals * rep.share // total + 1
        customers = book.write_down(rep.successor or rep.user, rep.branch.places, expected)
        territories[rep.user] = Territory(fresh=customers)
    return territories
