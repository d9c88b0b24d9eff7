"""What a panel stands beside: a deal, a lead, a company or a person, and what belongs to it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from accounts.models import User
from accounts.rights import get_visible
from activities.actions import About
from activities.models import Activity, FollowUp
from contacts.lawful import judge
from contacts.models import Channel, Company, ContactQuerySet, Employment, Person
from leads.models import Lead
from pipeline.models import Deal, DealPerson, DealQuerySet

DEAL, COMPANY, PERSON, LEAD = "deals", "companies", "persons", "leads"
# The link of an entry that names what it hangs on.
COLUMNS = {DEAL: "deal", COMPANY: "company", PERSON: "person", LEAD: "lead"}
PHONES = Channel.objects.filter(kind__in=[Channel.Kind.PHONE, Channel.Kind.MOBILE]).order_by("pk")
WITH_PHONES = Prefetch("channels", PHONES, to_attr="phones")
MOST_PEOPLE = 100


@dataclass(frozen=True)
class Subject:
    """The row whose page we are on."""

    kind: str
    row: Deal | Company | Person | Lead

    @property
    def name(self) -> str:
        """For the head of a form."""
        return f"{self.row.customer_name} · {self.row.title}" if isinstance(self.row, Deal) else str(self.row)

    @property
    def url(self) -> str:
        """The page we are on."""
        names = {
            DEAL: "pipeline:deal_detail",
            COMPANY: "contacts:company_detail",
            PERSON: "contacts:person_detail",
            LEAD: "leads:lead_detail",
        }
        return reverse(names[self.kind], args=[self.row.pk])

    @property
    def panel_url(self) -> str:
        """Where its panel comes from."""
        return reverse(f"activities:{COLUMNS[self.kind]}_panel", args=[self.row.pk])

    def about(self, *, deal: Deal | None = None, person: Person | None = None) -> About:
        """The row itself, with the deal and the person that were named beside it."""
        if isinstance(self.row, Lead):
            return About(lead=self.row, person=person)
        if isinstance(self.row, Deal):
            return About(deal=self.row, person=person)
        if isinstance(self.row, Company):
            return About(company=self.row, deal=deal, person=person)
        return About(person=self.row, deal=deal)

    def people(self) -> ContactQuerySet:
        """Whom one may have talked to: who works for the company, and the deal's buying centre."""
        if isinstance(self.row, Person):
            return Person.objects.none()
        company = self.row.pk if isinstance(self.row, Company) else self.row.company_id
        if company is None and isinstance(self.row, Lead):
            return Person.objects.filter(pk=self.row.person_id or 0)
        works = Employment.objects.filter(person=OuterRef("pk"), company=company, until=None)
        found = Q(Exists(works))
        if isinstance(self.row, Lead):
            found |= Q(pk=self.row.person_id)
        if isinstance(self.row, Deal):
            found |= Q(pk=self.row.person_id)
            found |= Q(Exists(DealPerson.objects.filter(deal=self.row, person=OuterRef("pk"))))
        return Person.objects.current().filter(found).order_by("sort_key", "pk")

    def usual_person(self) -> int | None:
        """Whom one talks to when nobody is named: the person of deal or lead, else the only one known."""
        if isinstance(self.row, Deal | Lead) and self.row.person_id:
            return self.row.person_id
        keys = list(self.people().values_list("pk", flat=True)[:2])
        return keys[0] if len(keys) == 1 else None

    def usual_deal(self, user: User) -> int | None:
        """What it is about when nothing else is said: the only open deal of the customer."""
        keys = list(self.deals(user).values_list("pk", flat=True)[:2])
        return keys[0] if len(keys) == 1 else None

    def callable_people(self) -> list[Person]:
        """Those people with their numbers (`phones`), each with its verdict."""
        people = self.people()
        if isinstance(self.row, Person):
            people = Person.objects.filter(pk=self.row.pk)
        listed = list(people.prefetch_related(WITH_PHONES)[:MOST_PEOPLE])
        judge(number for person in listed for number in person.phones)
        return listed

    def company_phones(self) -> list[Channel]:
        """The numbers of the company itself: the switchboard."""
        company = self.row if isinstance(self.row, Company) else getattr(self.row, "company", None)
        numbers = list(PHONES.filter(company=company)) if company else []
        judge(numbers)
        return numbers

    def deals(self, user: User) -> DealQuerySet:
        """Open deals of the customer that this user may see."""
        deals = Deal.objects.visible_to(user).open().order_by("-opened_at", "-pk")
        if isinstance(self.row, Company):
            return deals.filter(company=self.row)
        return deals.filter(person=self.row) if isinstance(self.row, Person) else deals.none()


def subject_url(row: Activity | FollowUp) -> str:
    """The page on which an entry or a follow-up stands: its deal's, lead's, company's or person's."""
    if row.deal_id is not None:
        return reverse("pipeline:deal_detail", args=[row.deal_id])
    if row.lead_id is not None:
        return reverse("leads:lead_detail", args=[row.lead_id])
    if row.company_id is not None:
        return reverse("contacts:company_detail", args=[row.company_id])
    return reverse("contacts:person_detail", args=[row.person_id])


def get_subject(user: User, kind: str, pk: int) -> Subject:
    """The subject of this address; Http404 when the user may not see it."""
    if kind == DEAL:
        return Subject(kind, get_visible(_deals(), user, pk))
    if kind == LEAD:
        leads = Lead.objects.select_related("company", "person", "owner")
        return Subject(kind, get_visible(leads, user, pk))
    if kind == COMPANY:
        return Subject(kind, get_visible(Company.objects, user, pk))
    return Subject(kind, get_visible(Person.objects, user, pk))


def _deals() -> DealQuerySet:
    return Deal.objects.select_related("company", "person", "owner")
