"""One factory per model; deals are opened through the action, so that they have their history."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from accounts.models import Role, Team, User
from activities.models import Activity, FollowUp
from catalog.models import Product, ProductGroup
from contacts.models import Channel, Company, Employment, Person
from extra_fields.models import ExtraField
from leads.actions import LeadFacts, TouchFacts, receive_lead
from leads.models import Lead, Source, TouchChannel
from offers.actions import LineFacts, OrderFacts, add_order, mark_sent, save_draft, start_offer
from offers.facts import OfferLineFacts, facts_of_lines, facts_of_version
from offers.models import Offer, OfferVersion, Order
from partners.actions import Agreement, add_partner
from partners.models import Partner
from pipeline.actions import DealFacts, lose_deal, open_deal, win_deal
from pipeline.models import Deal, LossReason, Stage
from potentials.actions import Estimate, add_potential
from potentials.models import Potential


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence("Team {}".format)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence("user{}@trichter.example".format)
    first_name = factory.Sequence("Vorname{}".format)
    last_name = factory.Sequence("Nachname{}".format)
    role = Role.REP
    team = factory.SubFactory(TeamFactory)
    password = factory.django.Password("ein-langes-Kennwort-1")


class CompanyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Company

    name = factory.Sequence("Firma {} GmbH".format)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    first_name = "Petra"
    last_name = factory.Sequence("Person{}".format)


class EmploymentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Employment

    person = factory.SubFactory(PersonFactory)
    company = factory.SubFactory(CompanyFactory)
    position = "Einkauf"


class ChannelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Channel

    company = factory.SubFactory(CompanyFactory)
    kind = Channel.Kind.PHONE
    value = "+49301234567"


class ProductGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProductGroup

    name = factory.Sequence("Gruppe {}".format)


class ProductFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Product

    number = factory.Sequence("P-{:04d}".format)
    name = factory.Sequence("Produkt {}".format)
    price = Decimal("100.0000")


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source

    name = factory.Sequence("Quelle {}".format)


class ExtraFieldFactory(factory.django.DjangoModelFactory):
    """A text field of companies; name `subject`, `kind`, `choices` for others."""

    class Meta:
        model = ExtraField

    subject = ExtraField.Subject.COMPANY
    code = factory.Sequence("feld_{}".format)
    label_de = factory.Sequence("Feld {}".format)


class DealFactory(factory.Factory):
    """Opens a deal; `stage` and `at` as for open_deal."""

    class Meta:
        model = Deal

    title = factory.Sequence("Verkaufschance {}".format)
    owner = factory.SubFactory(UserFactory)
    company = factory.SubFactory(CompanyFactory)
    value = Decimal("1000.00")
    stage = Stage.AKQUISE
    at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class: type[Deal], *args: Any, stage: Stage, at: datetime, **facts: Any) -> Deal:
        return open_deal(DealFacts(**facts), actor=facts["owner"], stage=stage, at=at)


def won(deal: Deal) -> Deal:
    """Win it, whatever is still unmet."""
    return win_deal(deal, seen_in=Stage(deal.stage), actor=deal.owner, confirmed=True)


def lost(deal: Deal, code: str = "price") -> Deal:
    """Lose it for a reason."""
    reason = LossReason.objects.get(code=code)
    return lose_deal(deal, reason, seen_in=Stage(deal.stage), actor=deal.owner)


class LeadFactory(factory.Factory):
    """Receives a lead: facts, and `touch` with the facts of its first touch, or its `source` and `at`."""

    class Meta:
        model = Lead

    last_name = factory.Sequence("Interessent {}".format)
    email = factory.Sequence("interessent{}@beispiel.example".format)
    touch = TouchFacts(channel=TouchChannel.WEB_FORM)
    actor = None

    @classmethod
    def _create(cls, model_class: type[Lead], *args: Any, **options: Any) -> Lead:
        known = {name: options.pop(name) for name in LeadFacts.__annotations__ if name in options}
        told = {name: options.pop(name) for name in ("source", "at") if name in options}
        options["touch"] = replace(options["touch"], **told)
        return receive_lead(LeadFacts(**known), **options)


class ActivityFactory(factory.django.DjangoModelFactory):
    """A note on a company; name `deal`, `kind` and what belongs to it for others."""

    class Meta:
        model = Activity

    kind = Activity.Kind.NOTE
    author = factory.SubFactory(UserFactory)
    company = factory.SubFactory(CompanyFactory)
    text = "Notiz"


class FollowUpFactory(factory.django.DjangoModelFactory):
    """A call to make today; written past the actions, so the deal's next step does not mirror it."""

    class Meta:
        model = FollowUp

    owner = factory.SubFactory(UserFactory)
    company = factory.SubFactory(CompanyFactory)
    text = "Anrufen"
    due_on = factory.LazyFunction(timezone.localdate)


def offered(text: str = "Anlage", price: object = "1000", **more: Any) -> OfferLineFacts:
    """A line of an offer."""
    return OfferLineFacts(text=text, unit_price=Decimal(str(price)), **more)


class OfferFactory(factory.Factory):
    """Begins an offer and writes its first version; `terms` are what VersionFacts says otherwise."""

    class Meta:
        model = Offer

    deal = factory.SubFactory(DealFactory, stage=Stage.ANGEBOT)
    lines = factory.LazyFunction(lambda: [offered()])
    terms = factory.LazyFunction(dict)

    @classmethod
    def _create(
        cls,
        model_class: type[Offer],
        *args: Any,
        deal: Deal,
        lines: list[OfferLineFacts],
        terms: dict[str, Any],
    ) -> Offer:
        offer = start_offer(deal, actor=deal.owner)
        write(offer.current, lines, **terms)
        return offer


def write(version: OfferVersion, lines: list[OfferLineFacts] | None = None, **terms: Any) -> OfferVersion:
    """Save a draft with these lines (None: no other ones) and terms."""
    facts = replace(facts_of_version(version), **terms)
    said = facts_of_lines(version) if lines is None else lines
    return save_draft(version, facts, said, seen_revision=version.revision, actor=version.offer.deal.owner)


def sent(version: OfferVersion) -> OfferVersion:
    """Hand it over to the customer."""
    return mark_sent(version, seen_revision=version.revision, actor=version.offer.deal.owner)


class OrderFactory(factory.Factory):
    """An order of one line, entered through the action; `lines` for others."""

    class Meta:
        model = Order

    owner = factory.SubFactory(UserFactory)
    company = factory.SubFactory(CompanyFactory)
    ordered_on = factory.LazyFunction(timezone.localdate)

    @classmethod
    def _create(
        cls, model_class: type[Order], *args: Any, lines: list[LineFacts] | None = None, **facts: Any
    ) -> Order:
        said = lines or [LineFacts("Stahlblech", Decimal(2), Decimal(50))]
        return add_order(OrderFacts(**facts), said, actor=facts["owner"])


class PotentialFactory(factory.Factory):
    """Estimates a potential through the action; name what the estimate says, and `year`."""

    class Meta:
        model = Potential

    company = factory.SubFactory(CompanyFactory)
    group = factory.SubFactory(ProductGroupFactory)
    demand = Decimal("100000.00")
    estimated_on = factory.LazyFunction(timezone.localdate)
    year = None
    actor = None

    @classmethod
    def _create(cls, model_class: type[Potential], *args: Any, **said: Any) -> Potential:
        kept = {name: said.pop(name) for name in ("company", "group", "year", "actor")}
        company, group = kept.pop("company"), kept.pop("group")
        return add_potential(company, group, Estimate(**said), **kept)


class PartnerFactory(factory.Factory):
    """A company as partner, entered through the action; name `customer` for a person, and what is agreed."""

    class Meta:
        model = Partner

    customer = factory.SubFactory(CompanyFactory)

    @classmethod
    def _create(cls, model_class: type[Partner], *args: Any, customer: Any, **agreed: Any) -> Partner:
        return add_partner(customer, Agreement(**agreed), actor=None)
