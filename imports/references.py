"""Everything that deals refer to, in one place: found, prepared, and created before the deals."""

from collections.abc import Iterable

from accounts.models import Team, User
from catalog.models import Product
from contacts.models import Company, Employment, Person
from imports.customers import Companies, Persons
from imports.deal_rows import DealRow
from imports.directory import LookAlike, Reps, known_products, known_sources, known_teams
from leads.models import Source

BATCH = 1000


class References:
    """Teams, reps, products, sources, companies and persons of one import."""

    def __init__(self, rows: Iterable[DealRow]) -> None:
        rows = list(rows)
        self.teams, self.products, self.sources = known_teams(), known_products(), known_sources()
        self.reps = Reps(self.teams)
        self.companies = Companies((row.company for row in rows), (row.company_id for row in rows))
        self.persons = Persons((row.person for row in rows), (row.person_id for row in rows))

    def look_alikes(self) -> list[LookAlike]:
        """Foreign names that look much like one of ours."""
        similar = self.companies.similar.most_common()
        companies = [LookAlike("company", theirs, ours, count, True) for (theirs, ours), count in similar]
        return [*self.products.look_alikes("product"), *self.sources.look_alikes("source"), *companies]

    def prepared(self) -> dict[str, list[str]]:
        """What would be created, by name."""
        return {
            "teams": [team.name for team in self.teams.prepared],
            "users": [user.get_full_name() for user in self.reps.prepared],
            "products": [product.name for product in self.products.prepared],
            "sources": [source.name for source in self.sources.prepared],
            "companies": [company.name for company in self.companies.prepared],
            "persons": [person.full_name for person in self.persons.prepared],
        }

    def create(self) -> None:
        """Save what was prepared."""
        Team.objects.bulk_create(self.teams.prepared, BATCH)
        User.objects.bulk_create(self.reps.prepared, BATCH)
        Product.objects.bulk_create(self.products.prepared, BATCH)
        Source.objects.bulk_create(self.sources.prepared, BATCH)
        Company.objects.bulk_create(self.companies.prepared, BATCH)
        Person.objects.bulk_create(self.persons.prepared, BATCH)
        Employment.objects.bulk_create(self.persons.employments, BATCH)
