"""What customers of the demo company could still buy, and its partners; all of it invented."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from accounts.models import User
from catalog.models import ProductGroup
from contacts.models import BuyingRole, Company, Employment
from partners.actions import Agreement, add_partner
from partners.models import DealPartner, Partner, PartnerRole
from pipeline.models import Deal
from potentials.bought import recount_bought
from potentials.models import Potential, PotentialEstimate

BATCH = 1000
ESTIMATED = 0.6
THROUGH_PARTNERS = 0.12
# What a firm needs of each group in a year, net: the least and the most.
DEMAND = {
    "Photovoltaik": (30_000, 240_000),
    "Speicher": (20_000, 130_000),
    "Ladetechnik": (6_000, 70_000),
    "Wärmepumpen": (25_000, 120_000),
    "Beleuchtung": (5_000, 60_000),
    "Service": (2_000, 18_000),
}
GROUNDS = (
    "am Telefon genannt",
    "Begehung der Halle",
    "Geschäftsbericht",
    "Stromrechnung",
    "Angebot des Wettbewerbs",
)
# Name, industry, commission, words instead of it.
PARTNERS = (
    ("Planungsbüro Sonnleitner GmbH", "Planung", "0.05", ""),
    ("Elektro Harmsen KG", "Elektrohandwerk", "0.08", ""),
    ("Dachbau Ruhnke GmbH", "Dachdeckerei", None, "350 € für jede Anlage ab 30 kWp"),
    ("Energieberatung Isarwinkel", "Energieberatung", "0.03", ""),
    ("Speicherwerk Nordsee AG", "Speichertechnik", None, "liefert zu Listenpreis"),
)


def estimate_potentials(companies: Sequence[Company], admin: User, today: date, seed: int) -> None:
    """What firms need in a year, some of it estimated twice; our share from orders where there are any."""
    rng = Random(seed)  # noqa: S311 - plausible, not secret
    groups = list(ProductGroup.objects.filter(name__in=DEMAND).order_by("name"))
    currencies = dict(Deal.objects.exclude(company=None).values_list("company", "currency"))
    potentials = [
        _potential(firm, group, currencies.get(firm.pk, "EUR"), today, admin, rng)
        for firm in companies
        if rng.random() < ESTIMATED
        for group in rng.sample(groups, rng.choice((1, 1, 2, 2, 3)))
    ]
    Potential.objects.bulk_create(potentials, batch_size=BATCH)
    former = [_estimate(one, Decimal("0.8"), 200) for one in potentials if rng.random() < 0.3]
    latest = [_estimate(one, Decimal(1), 0) for one in potentials]
    PotentialEstimate.objects.bulk_create([*former, *latest], batch_size=BATCH)
    recount_bought()


def enter_partners(deals: Iterable[Deal], today: date, seed: int) -> None:
    """Five partners, with their roles in some of the deals."""
    rng = Random(seed)  # noqa: S311 - plausible, not secret
    partners = [_partner(*line, today=today, rng=rng) for line in PARTNERS]
    links = []
    for deal in deals:
        if rng.random() < THROUGH_PARTNERS:
            partner, role = rng.choice(partners), rng.choice(PartnerRole.values)
            rate = partner.usual_rate(role)
            links.append(DealPartner(deal=deal, partner=partner, role=role, commission_rate=rate))
    DealPartner.objects.bulk_create(links, batch_size=BATCH)


def name_superiors(employments: Iterable[Employment]) -> None:
    """In the demo everyone reports to who decides; the front desk to whoever comes next."""
    deciding = {one.company_id: one for one in employments if one.role == BuyingRole.DECISION_MAKER}
    below = [one for one in employments if one.role != BuyingRole.DECISION_MAKER]
    for one in below:
        one.reports_to = deciding.get(one.company_id)
    Employment.objects.bulk_update(below, ["reports_to"], batch_size=BATCH)


def _potential(
    firm: Company, group: ProductGroup, currency: str, today: date, admin: User, rng: Random
) -> Potential:
    low, high = DEMAND[group.name]
    return Potential(
        company=firm,
        group=group,
        demand=Decimal(round(rng.uniform(low, high), -2)),
        currency=currency,
        stated_share=rng.choice((None, None, Decimal(0), Decimal("0.2"), Decimal("0.5"))),
        source=rng.choice(GROUNDS),
        estimated_on=today - timedelta(days=rng.randint(1, 200)),
        estimated_by=firm.owner or admin,
    )


def _estimate(potential: Potential, part: Decimal, days_before: int) -> PotentialEstimate:
    return PotentialEstimate(
        potential=potential,
        demand=(potential.demand * part).quantize(Decimal(100)),
        currency=potential.currency,
        stated_share=potential.stated_share,
        source=potential.source,
        estimated_on=potential.estimated_on - timedelta(days=days_before),
        by=potential.estimated_by,
    )


def _partner(name: str, industry: str, rate: str | None, words: str, *, today: date, rng: Random) -> Partner:
    firm = Company.objects.create(name=name, industry=industry, kinds=[str(Company.Kind.PARTNER)])
    agreement = Agreement(
        commission_rate=Decimal(rate) if rate else None,
        commission_text=words,
        since=today - timedelta(days=rng.randint(300, 1500)),
    )
    return add_partner(firm, agreement, actor=None)
