"""A deal that is opened on the page of its customer: who it is about is filled in, and one stays there."""

import pytest
from django.urls import reverse

from pipeline.models import Deal
from tests.conftest import log_in
from tests.factories import CompanyFactory, PersonFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def test_the_customer_is_filled_in_and_the_page_stays(client, people):
    log_in(client, people, "owner")
    company, person = CompanyFactory(name="Nordlicht AG"), PersonFactory()
    url = f"{reverse('pipeline:deal_add')}?company={company.pk}&person={person.pk}"

    form = client.get(url, headers=HTMX)
    said = {**form.context["form"].initial, "title": "Speicher", "currency": "EUR"}
    said |= {"form_key": form.context["form"]["form_key"].value()}
    answer = client.post(url, said, headers=HTMX)

    assert "Nordlicht AG" in form.content.decode()
    assert (answer.status_code, "deal-changed" in answer["HX-Trigger"]) == (204, True)
    deal = Deal.objects.get()
    assert (deal.company, deal.person) == (company, person)


@pytest.mark.parametrize("key", ["x", "999999999999999999999999", "-1", "%00"])
def test_a_customer_who_makes_no_sense_is_not_filled_in(client, people, key):
    log_in(client, people, "owner")

    assert client.get(f"{reverse('pipeline:deal_add')}?company={key}", headers=HTMX).status_code == 200
