"""The leads of the demo company: those that became deals, those that came to nothing, and today's inbox."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from accounts.models import Team, User
from contacts.models import Channel, Person
from demo.company import SOURCES
from demo.staff import DAYS_BACK, Rep, Staff
from demo.working_days import at_minute, working_day_from
from leads.actions import LeadFacts, TouchFacts, take_inquiry
from leads.models import (
    AssignmentRule,
    Campaign,
    DisqualifyReason,
    Lead,
    LeadAssignment,
    LeadOrigin,
    LeadSetting,
    LeadState,
    LeadStateChange,
    Source,
    SourceCost,
    Touch,
    TouchChannel,
)
from leads.placing import place_lead
from pipeline.models import Deal

FROM_LEADS, IN_VAIN, WAITING = 0.35, 200, 24
COLD, SHARE_COLD = ("Telefonakquise", "Newsletter"), 0.6
BATCH = 500
REASONS = (
    ("no_need", "Kein Bedarf", "No need"),
    ("no_budget", "Kein Budget", "No budget"),
    ("not_our_customer", "Passt nicht zu uns", "Not a fit"),
    ("unreachable", "Nicht erreichbar", "Cannot be reached"),
    ("competitor", "Kauft beim Wettbewerb", "Buys from a competitor"),
    ("later", "Erst später", "Not before later"),
    ("spam", "Unsinn oder Werbung", "Nonsense or advertising"),
    ("twice", "Doppelt", "A duplicate"),
    ("wrong_data", "Falsche Angaben", "Wrong details"),
)
CAMPAIGNS = (
    ("Frühjahrsmesse", "messe-fruehjahr", 24_000),
    ("Suchanzeigen", "search", 19_200),
    ("Newsletter", "nl", 3_600),
)
WISHES = (
    "Anlage für unser Hallendach",
    "Speicher zur bestehenden Anlage",
    "Wartung, zwei Standorte",
    "Angebot für Einfamilienhaus",
    "Ladepunkte für den Fuhrpark",
    "Beratung zur Förderung",
)
PAGES = ("/", "/leistungen/", "/preise/", "/referenzen/", "/kontakt/")
FIRST = ("Anna", "Jörg", "Miriam", "Stefan", "Ute", "Kemal", "Birgit", "Paul")
LAST = ("Albrecht", "Brandt", "Çelik", "Dorn", "Engel", "Faber", "Grimm", "Hartwig", "Imhof", "Jansen")
FIRMS = ("Tischlerei", "Autohaus", "Druckerei", "Bäckerei", "Spedition", "Gärtnerei")
TOWNS = (
    ("10115", "Berlin"),
    ("20095", "Hamburg"),
    ("80331", "München"),
    ("50667", "Köln"),
    ("01067", "Dresden"),
)


def tell_leads(staff: Staff, deals: Iterable[Deal], today: date, end: datetime, seed: int) -> None:
    """Write them: the deals given are saved, in the order in which they were opened."""
    teller = _Teller(staff, today, end, Random(f"leads-{seed}"))  # noqa: S311 - plausible, not secret
    teller.set_up()
    for deal in deals:
        if teller.rng.random() < FROM_LEADS:
            teller.became(deal)
    for _number in range(IN_VAIN):
        teller.came_to_nothing()
    teller.write()
    teller.fill_inbox()
    teller.ask_again()


class _Teller:
    def __init__(self, staff: Staff, today: date, end: datetime, rng: Random) -> None:
        self.staff, self.today, self.end, self.rng = staff, today, end, rng
        self.rows: list[tuple[Lead, list[tuple[LeadState, datetime]], Deal | None]] = []

    def set_up(self) -> None:
        """Reasons, rules, campaigns and what they cost."""
        for place, (code, german, english) in enumerate(REASONS, start=1):
            said = {"label_de": german, "label_en": english, "position": place * 10}
            DisqualifyReason.objects.get_or_create(code=code, defaults=said)
        LeadSetting.objects.create(pk=1)
        self.reasons = list(DisqualifyReason.objects.exclude(code="spam"))
        self.sources = [Source.objects.get(name=name) for name in SOURCES]
        ever = {"starts_on": self.today - timedelta(days=DAYS_BACK), "ends_on": self.today}
        self.campaigns = [
            Campaign.objects.create(name=name, code=code, **ever) for name, code, _cost in CAMPAIGNS
        ]
        for campaign, (_name, _code, cost) in zip(self.campaigns, CAMPAIGNS, strict=True):
            SourceCost.objects.create(campaign=campaign, amount=Decimal(cost), **ever)
        teams = list(Team.objects.filter(is_unassigned=False).order_by("pk"))
        way = AssignmentRule.Way
        AssignmentRule.objects.create(position=10, name="Bestandskunden", way=way.OWNER)
        AssignmentRule.objects.create(
            position=20, name="Norden und Osten", postal_codes="0-3", way=way.TURN, team=teams[0]
        )
        AssignmentRule.objects.create(position=90, name="Alle anderen", way=way.LOAD, team=teams[-1])

    def became(self, deal: Deal) -> None:
        """A lead some days before the deal was opened."""
        at = deal.opened_at - timedelta(days=self.rng.randint(1, 12), minutes=self.rng.randint(5, 400))
        lead = self._lead(at, deal.owner, source=deal.source)
        lead.company, lead.person = deal.company, deal.person
        lead.company_name = str(deal.company or "")
        if deal.person:
            lead.first_name, lead.last_name = deal.person.first_name, deal.person.last_name
        lead.interest = deal.title
        worked = at + (deal.opened_at - at) * 0.3
        steps = [(LeadState.WORKING, worked), (LeadState.CONVERTED, deal.opened_at)]
        self._keep(lead, steps, deal)

    def came_to_nothing(self) -> None:
        """A lead that was disqualified."""
        at = at_minute(self._day(), self.rng.randint(0, 500))
        # Whoever calls strangers hears "no" more often than who was recommended.
        weak = [source for source in self.sources if source.name in COLD]
        source = self.rng.choice(weak if self.rng.random() < SHARE_COLD else self.sources)
        lead = self._lead(at, self._rep(at).user, source)
        lead.disqualify_reason = self.rng.choice(self.reasons)
        worked = at + timedelta(hours=self.rng.randint(1, 60))
        closed = min(worked + timedelta(days=self.rng.randint(0, 20)), self.end)
        if worked < closed:
            self._keep(lead, [(LeadState.WORKING, worked), (LeadState.DISQUALIFIED, closed)], None)

    def write(self) -> None:
        """Save all of them with their histories."""
        leads = Lead.objects.bulk_create((lead for lead, _steps, _deal in self.rows), batch_size=BATCH)
        changes, given, touches = [], [], []
        for lead, (_same, steps, deal) in zip(leads, self.rows, strict=True):
            changes += _states(lead, steps)
            given.append(
                LeadAssignment(
                    lead=lead, to_owner=lead.owner, team=lead.team, at=lead.received_at, why=self._why()
                )
            )
            touches += self._touches(lead)
            if deal is not None:
                deal.lead = lead
        converted = [deal for _lead, _steps, deal in self.rows if deal is not None]
        Deal.objects.bulk_update(converted, ["lead"], batch_size=BATCH)
        LeadStateChange.objects.bulk_create(changes, batch_size=BATCH)
        LeadAssignment.objects.bulk_create(given, batch_size=BATCH)
        Touch.objects.bulk_create(touches, batch_size=BATCH)

    def fill_inbox(self) -> None:
        """Today's: new ones placed by the rules, some in progress, some forgotten."""
        for number in range(WAITING):
            at = self.end - timedelta(hours=number * 9 + self.rng.randint(0, 5))
            rep = self.staff.reps[number % len(self.staff.reps)]
            owner = rep.user if rep.until is None and number % 3 else None
            lead = self._lead(at, owner)
            lead.state, lead.state_since, lead.touched_at = LeadState.NEW, at, at
            lead.save()
            LeadStateChange.objects.bulk_create(_states(lead, []))
            LeadAssignment.objects.create(lead=lead, to_owner=owner, team=lead.team, at=at, why="")
            Touch.objects.bulk_create(self._touches(lead))
            place_lead(lead)

    def ask_again(self) -> None:
        """Two people we know ask again."""
        known = Channel.objects.filter(
            kind=Channel.Kind.EMAIL, person__archived_at=None, person__isnull=False
        )
        for channel in known.select_related("person").order_by("pk")[:2]:
            person: Person = channel.person  # type: ignore[assignment]
            facts = LeadFacts(
                first_name=person.first_name,
                last_name=person.last_name,
                email=channel.value,
                interest=self.rng.choice(WISHES),
            )
            touch = TouchFacts(channel=TouchChannel.WEB_FORM, at=self.end, content="Bitte rufen Sie mich an.")
            take_inquiry(facts, touch=touch, actor=None, origin=LeadOrigin.FORM)

    def _lead(self, at: datetime, owner: User | None, source: Source | None = None) -> Lead:
        code, town = self.rng.choice(TOWNS)
        last = self.rng.choice(LAST)
        firm = f"{self.rng.choice(FIRMS)} {self.rng.choice(LAST)}" if self.rng.random() < 0.7 else ""
        campaign = self.rng.choice(self.campaigns) if self.rng.random() < 0.4 else None
        return Lead(
            received_at=at,
            touched_at=at,
            state_since=at,
            first_name=self.rng.choice(FIRST),
            last_name=last,
            company_name=firm,
            email=f"{last.lower().replace('ç', 'c')}{self.rng.randint(10, 9999)}@beispiel.example",
            phone="+493023125" + str(self.rng.randint(100, 999)),
            postal_code=code,
            city=town,
            interest=self.rng.choice(WISHES),
            source=source or (self.rng.choice(self.sources) if self.rng.random() < 0.9 else None),
            campaign=campaign,
            direction="outbound" if self.rng.random() < 0.2 else "inbound",
            owner=owner,
            team=owner.team if owner else Team.objects.unassigned(),
        )

    def _keep(self, lead: Lead, steps: list[tuple[LeadState, datetime]], deal: Deal | None) -> None:
        lead.state, lead.state_since = steps[-1]
        lead.answered_at = steps[0][1]
        lead.answer_by = lead.received_at + timedelta(hours=20) if lead.direction == "inbound" else None
        lead.touched_at = steps[-1][1]
        self.rows.append((lead, steps, deal))

    def _touches(self, lead: Lead) -> list[Touch]:
        """The inquiry, and before it now and then a visit of the web site or a newsletter."""
        first = TouchChannel.WEB_FORM if lead.direction == "inbound" else TouchChannel.PHONE
        rows = [self._touch(lead, lead.received_at, first, lead.interest)]
        for number in range(self.rng.choice([0, 0, 1, 2])):
            at = lead.received_at - timedelta(days=number * 5 + 2)
            channel = self.rng.choice([TouchChannel.WEB_VISIT, TouchChannel.EMAIL])
            touch = self._touch(lead, at, channel, "", source=self.rng.choice(self.sources))
            if channel == TouchChannel.WEB_VISIT:
                touch.details = {"page": PAGES[len(self.rows) % len(PAGES)]}
            rows.append(touch)
        return rows

    def _touch(
        self, lead: Lead, at: datetime, channel: TouchChannel, content: str, source: Source | None = None
    ) -> Touch:
        return Touch(
            lead=lead,
            company=lead.company,
            person=lead.person,
            at=at,
            channel=channel,
            direction=lead.direction,
            source=source or lead.source,
            campaign=lead.campaign,
            medium=self.rng.choice(["organic", "cpc", "newsletter", ""]),
            content=content,
        )

    def _day(self) -> date:
        return working_day_from(self.today - timedelta(days=self.rng.randint(3, DAYS_BACK - 10)))

    def _rep(self, at: datetime) -> Rep:
        return self.rng.choice([rep for rep in self.staff.reps if rep.sells_at(at)] or self.staff.reps[:1])

    def _why(self) -> str:
        return self.rng.choice(("Regel „Bestandskunden“", "Regel „Norden und Osten“: der Reihe nach"))


def _states(lead: Lead, steps: list[tuple[LeadState, datetime]]) -> list[LeadStateChange]:
    rows, before = [], ""
    for seq, (state, at) in enumerate([(LeadState.NEW, lead.received_at), *steps], start=1):
        rows.append(
            LeadStateChange(
                lead=lead,
                seq=seq,
                from_state=before,
                to_state=state,
                reason=lead.disqualify_reason if state == LeadState.DISQUALIFIED else None,
                owner=lead.owner,
                team=lead.team,
                actor=lead.owner,
                at=at,
            )
        )
        before = state
    return rows
