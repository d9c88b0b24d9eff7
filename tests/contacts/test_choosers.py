"""Choosing a company or a person by a part of the name."""

import pytest
from django.forms import Form
from django.urls import reverse
from django.utils import timezone

from contacts.choosers import ChooserField
from contacts.models import Company, Person
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory, EmploymentFactory, PersonFactory

pytestmark = pytest.mark.django_db

NO_LINES = {
    "channels-TOTAL_FORMS": 0,
    "channels-INITIAL_FORMS": 0,
    "addresses-TOTAL_FORMS": 0,
    "addresses-INITIAL_FORMS": 0,
}


class CompanyForm(Form):
    """A form with a chooser that knows what there is, and one that also takes what is new."""

    known = ChooserField(Company, required=False)
    new = ChooserField(Company, required=False, creates=True)


def options(client, name, **asked):
    return client.get(reverse(f"contacts:{name}_options"), asked).content.decode()


def as_shown(form):
    """What the browser sends when a form is saved as it was shown."""
    return {name: form[name].value() or "" for name in form.fields}


def test_companies_are_offered_with_their_place_and_people_with_their_company(client, people):
    employment = EmploymentFactory(person=PersonFactory(last_name="Weiß"))
    employment.company.addresses.create(city="Kiel")
    PersonFactory(last_name="Schwarz")
    log_in(client, people, "owner")

    companies = options(client, "company", q=employment.company.name)
    persons = options(client, "person", q="weiss")

    assert "Kiel" in companies
    assert (employment.company.name in persons, "Schwarz" in persons) == (True, False)


def test_while_nothing_is_typed_the_people_of_the_company_are_offered(client, people):
    company = CompanyFactory(name="Vogt Medizintechnik")
    inside = EmploymentFactory(company=company, person=PersonFactory(last_name="Drinnen")).person
    PersonFactory(last_name="Draußen")
    log_in(client, people, "owner")

    page = options(client, "person", company=company.pk)

    assert inside.last_name in page
    assert "Vogt Medizintechnik" in page
    assert "Draußen" not in page


def test_archived_ones_are_not_offered(client, people):
    CompanyFactory(name="Früher", archived_at=timezone.now())
    log_in(client, people, "owner")

    assert "Früher" not in options(client, "company")


@pytest.mark.parametrize("asked", [{"q": "\0"}, {"q": "x" * 9999}, {"company": "9" * 40}, {"company": "x"}])
@pytest.mark.parametrize("name", ["person", "company"])
def test_wild_searches_get_an_answer(client, people, name, asked):
    log_in(client, people, "owner")

    assert client.get(reverse(f"contacts:{name}_options"), asked).status_code == 200


def test_signs_of_the_search_language_mean_themselves(client, people):
    for name in ("100 % Möbel", "Ohne Zeichen"):
        CompanyFactory(name=name)
    log_in(client, people, "owner")

    page = options(client, "company", q="%")

    assert ("100 % Möbel" in page, "Ohne Zeichen" in page) == (True, False)


@pytest.mark.parametrize("name", ["company", "person"])
def test_a_chooser_asks_no_more_for_ten_rows_than_for_two(client, people, count_queries, name):
    log_in(client, people, "owner")
    counts = []

    for rows in (2, 8):
        for _row in range(rows):
            EmploymentFactory().company.addresses.create(city="Kiel")
        with count_queries() as counted:
            options(client, name)
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_an_exact_name_that_was_typed_is_as_good_as_a_choice():
    company = CompanyFactory(name="Möller GmbH")

    form = CompanyForm({"known_text": "Moeller", "new_text": "MÖLLER GmbH"})

    assert form.is_valid()
    assert form.cleaned_data == {"known": company, "new": company}


def test_of_two_with_the_same_name_one_must_be_chosen():
    for _row in range(2):
        CompanyFactory(name="Möller GmbH")

    form = CompanyForm({"known_text": "Möller GmbH", "new_text": "Möller GmbH"})

    assert set(form.errors) == {"known", "new"}


def test_a_new_name_is_taken_only_where_rows_may_be_entered():
    form = CompanyForm({"known_text": "Unbekannt", "new_text": "Unbekannt"})

    assert set(form.errors) == {"known"}
    assert (form.cleaned_data["new"].pk, str(form.cleaned_data["new"])) == (None, "Unbekannt")


def test_an_archived_one_is_not_found_by_name():
    CompanyFactory(name="Früher", archived_at=timezone.now())

    assert "known" in CompanyForm({"known_text": "Früher"}).errors


def test_who_was_chosen_stays_chosen_when_archived_meanwhile(client, people):
    archived = CompanyFactory(archived_at=timezone.now())
    daughter = CompanyFactory(parent=archived)
    deal = DealFactory(owner=people.owner, company=archived, person=PersonFactory(archived_at=timezone.now()))
    log_in(client, people, "owner")
    company_page = reverse("contacts:company_edit", args=[daughter.pk])
    deal_page = reverse("pipeline:deal_edit", args=[deal.pk])

    of_company = as_shown(client.get(company_page).context["draft"].form)
    of_deal = as_shown(client.get(deal_page).context["form"])
    answers = [client.post(company_page, {**of_company, **NO_LINES}), client.post(deal_page, of_deal)]

    assert [answer.status_code for answer in answers] == [302, 302]
    daughter.refresh_from_db()
    assert daughter.parent == archived
    assert Person.objects.get() == deal.person
