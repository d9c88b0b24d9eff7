"""A deal entered in the head of a column: in its stage, once, belonging to whoever enters it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from pipeline.models import Deal, Stage
from tests.conftest import log_in
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}


def add(client, stage=Stage.ANGEBOT, **data):
    url = reverse("pipeline:deal_quick_add", args=[int(stage)])
    return client.post(url, {"title": "Wartung", "value": "", **data}, headers=FRAGMENT)


def test_it_begins_in_the_stage_of_its_column_and_is_ones_own(client, people):
    log_in(client, people, "colleague")

    response = add(client, company=CompanyFactory().pk, value="1.200,50", owner=people.owner.pk)

    deal = Deal.objects.get()
    assert response.status_code == 204
    assert (deal.stage, deal.owner, str(deal.value)) == (Stage.ANGEBOT, people.colleague, "1200.50")
    assert deal.stage_changes.get().to_stage == Stage.ANGEBOT


def test_sent_twice_it_is_one(client, people):
    log_in(client, people, "owner")
    company, key = CompanyFactory(), uuid4()

    for _time in range(2):
        add(client, company=company.pk, form_key=key)

    assert Deal.objects.count() == 1


def test_a_new_company_is_entered_on_the_spot(client, people):
    log_in(client, people, "owner")

    add(client, company="", company_text="Tischlerei Öztürk")

    assert Deal.objects.get().company.name == "Tischlerei Öztürk"


def test_without_a_company_it_is_asked_for_and_what_was_typed_stays(client, people):
    log_in(client, people, "owner")

    response = add(client, title="Wartung <b>")

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"company"}
    assert "Wartung &lt;b&gt;" in response.content.decode()


def test_a_stage_that_is_none_is_not_found(client, people):
    log_in(client, people, "owner")

    assert add(client, stage=6).status_code == 404
    assert add(client, stage=0).status_code == 404
