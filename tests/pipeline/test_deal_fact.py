"""One fact of a deal changed where it stands: saved with history, told when overtaken, bad input refused."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core.models import Event
from pipeline.fact_form import CHANGEABLE
from pipeline.models import Deal
from tests.conftest import log_in
from tests.factories import DealFactory, ProductFactory

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def deal(people) -> Deal:
    return DealFactory(owner=people.owner, value=Decimal("1000.00"))


def change(client, deal, name, seen, **data):
    return client.post(
        reverse("pipeline:deal_fact", args=[deal.pk, name]), {"seen": seen, **data}, headers=FRAGMENT
    )


def test_a_value_is_saved_with_its_history_and_nothing_else_changes(client, people, deal):
    log_in(client, people, "owner")

    response = change(client, deal, "value", "1000.00", value="2.500,50", title="untergeschoben", owner="1")

    saved = Deal.objects.get(pk=deal.pk)
    assert response.status_code == 204
    assert (saved.value, saved.title, saved.owner_id) == (Decimal("2500.50"), deal.title, deal.owner_id)
    assert saved.changes.latest("seq").value == Decimal("2500.50")
    assert Event.objects.get(kind="deal.edited").payload == {"fields": "value"}


def test_the_same_fact_changed_meanwhile_is_told_and_what_was_typed_stays(client, people, deal):
    log_in(client, people, "owner")
    Deal.objects.filter(pk=deal.pk).update(value=1200)

    response = change(client, deal, "value", "1000.00", value="3.000,00")

    page = response.content.decode()
    assert response.status_code == 409
    assert "1.200" in page
    assert 'value="3.000,00"' in page
    assert Deal.objects.get(pk=deal.pk).value == 1200
    assert change(client, deal, "value", "1200.00", value="3.000,00").status_code == 204


def test_a_title_with_blanks_around_it_can_be_changed(client, people):
    deal = DealFactory(owner=people.owner, title=" Halle 3 ")
    log_in(client, people, "owner")

    assert change(client, deal, "title", " Halle 3 ", title="Halle 3").status_code == 204


def test_another_fact_changed_meanwhile_is_no_hindrance(client, people, deal):
    product = ProductFactory()
    log_in(client, people, "owner")
    change(client, deal, "product", "", product=product.pk)

    assert change(client, deal, "value", "1000.00", value="3.000,00").status_code == 204

    saved = Deal.objects.get(pk=deal.pk)
    assert (saved.product, saved.value, saved.version) == (product, Decimal("3000.00"), 3)


@pytest.mark.parametrize("name", CHANGEABLE)
def test_every_fact_has_its_form_and_saving_it_unchanged_changes_nothing(client, people, deal, name):
    log_in(client, people, "owner")
    url = reverse("pipeline:deal_fact", args=[deal.pk, name])

    form = client.get(url, headers=FRAGMENT).context["form"]
    data = {"seen": form["seen"].value(), name: form[name].value() if form[name].value() is not None else ""}

    assert client.post(url, data, headers=FRAGMENT).status_code == 204
    assert Deal.objects.get(pk=deal.pk).version == 1


@pytest.mark.parametrize("value", ["-1", "abc", "NaN", "1e999999", "9" * 40, "\0", "1.000,001"])
def test_a_bad_value_is_refused_at_the_field(client, people, deal, value):
    log_in(client, people, "owner")

    response = change(client, deal, "value", "1000.00", value=value)

    assert response.status_code == 422
    assert response.context["form"].errors["value"]
    assert Deal.objects.get(pk=deal.pk).value == 1000


@pytest.mark.parametrize("name", ["stage", "outcome", "version", "company", "note", "won_value", "id"])
def test_what_is_no_such_fact_is_not_found(client, people, deal, name):
    log_in(client, people, "owner")

    assert change(client, deal, name, "", **{name: "1"}).status_code == 404


def test_a_deal_is_not_given_to_who_is_gone(client, people, deal):
    log_in(client, people, "owner")

    response = change(client, deal, "owner", str(people.owner.pk), owner=people.deactivated.pk)

    assert response.status_code == 422


def test_without_script_the_whole_form_serves(client, people, deal):
    log_in(client, people, "owner")

    response = client.get(reverse("pipeline:deal_fact", args=[deal.pk, "value"]))

    assert response.url == reverse("pipeline:deal_edit", args=[deal.pk])
