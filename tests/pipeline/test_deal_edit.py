"""Opening and editing deals: customers found or entered on the spot, and nobody's work overwritten unseen."""

from decimal import Decimal

import pytest
from django.urls import reverse

from contacts.models import Company, Person
from core.models import Event
from pipeline.models import Deal
from tests.conftest import log_in
from tests.factories import CompanyFactory, DealFactory, SourceFactory, won

pytestmark = pytest.mark.django_db

ADD = "/pipeline/deals/add/"


def facts(people, **changes) -> dict[str, object]:
    """What the form sends."""
    return {
        "title": "Wartung",
        "value": "1.234,50",
        "currency": "EUR",
        "kind": "new",
        "owner": people.owner.pk,
        **changes,
    }


def edit(client, deal, people, **changes):
    url = reverse("pipeline:deal_edit", args=[deal.pk])
    data = facts(people, company=deal.company_id, version=deal.version, **changes)
    return client.post(url, data, headers={"HX-Request": "true"})


def test_a_deal_is_opened_with_its_facts_and_its_history(client, people):
    company, source = CompanyFactory(), SourceFactory()
    log_in(client, people, "owner")

    response = client.post(
        ADD, facts(people, company=company.pk, source=source.pk, expected_close_on="2030-05-01")
    )

    deal = Deal.objects.get()
    assert response.headers["Location"] == reverse("pipeline:deal_detail", args=[deal.pk])
    assert (deal.company, deal.source, deal.value) == (company, source, Decimal("1234.50"))
    assert (deal.stage_changes.count(), deal.changes.count()) == (1, 1)


def test_a_deal_of_unknown_value_is_worth_nothing_yet(client, people):
    log_in(client, people, "owner")

    client.post(ADD, facts(people, company_text="Neu AG", value=""))

    assert Deal.objects.get().value == 0


def test_a_new_company_with_its_new_person_is_entered_on_the_spot(client, people):
    log_in(client, people, "owner")

    client.post(ADD, facts(people, company_text="Tischlerei  Öztürk", person_text="Aylin Öztürk"))

    person = Person.objects.get()
    assert Deal.objects.get().company == Company.objects.get(name="Tischlerei Öztürk")
    assert (person.first_name, person.last_name) == ("Aylin", "Öztürk")
    assert person.employments.get().company.name == "Tischlerei Öztürk"
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"company.added", "person.added", "employment.added", "deal.opened"} <= kinds


def test_a_name_typed_in_full_finds_the_company_instead_of_doubling_it(client, people):
    company = CompanyFactory(name="Müller Anlagenbau GmbH")
    log_in(client, people, "owner")

    client.post(ADD, facts(people, company_text="Mueller Anlagenbau"))

    assert Deal.objects.get().company == company
    assert Company.objects.count() == 1


def test_of_two_companies_of_one_name_one_has_to_be_chosen(client, people):
    for _ in range(2):
        CompanyFactory(name="Meier")
    log_in(client, people, "owner")

    response = client.post(ADD, facts(people, company_text="Meier"))

    page = response.content.decode()
    assert (response.status_code, Deal.objects.count()) == (422, 0)
    assert "Bitte wählen Sie aus der Liste" in page
    assert 'value="Meier"' in page


def test_a_refused_form_keeps_the_chosen_company_by_name(client, people):
    company = CompanyFactory(name="Kessler & Söhne KG")
    log_in(client, people, "owner")

    page = client.post(ADD, facts(people, company=company.pk, title="")).content.decode()

    assert "Kessler &amp; Söhne KG" in page
    assert f'name="company" value="{company.pk}"' in page


def test_nothing_new_is_entered_for_a_refused_form(client, people):
    log_in(client, people, "owner")

    client.post(ADD, facts(people, company_text="Neu AG", value="viel"))

    assert (Company.objects.count(), Deal.objects.count()) == (0, 0)


def test_nobody_who_cannot_log_in_gets_a_new_deal(client, people):
    log_in(client, people, "owner")

    response = client.post(ADD, facts(people, owner=people.deactivated.pk))

    assert response.status_code == 422


def test_what_the_form_does_not_name_is_not_taken(client, people):
    log_in(client, people, "owner")

    client.post(
        ADD, facts(people, company_text="Neu AG", stage=5, outcome="won", version=77, external_id="x")
    )

    deal = Deal.objects.get()
    assert (deal.stage, deal.outcome, deal.version, deal.external_id) == (1, "open", 1, "")


def test_on_the_board_one_stays_there(client, people):
    log_in(client, people, "owner")
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/pipeline/board/?owner=me"}

    response = client.post(ADD, facts(people, company_text="Neu AG"), headers=headers)

    card = reverse("pipeline:deal_card", args=[Deal.objects.get().pk])
    assert response.status_code == 204
    assert card in response.headers["HX-Trigger"]


def test_an_edit_is_saved_and_what_figures_need_leaves_a_history_row(client, people):
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")

    response = edit(client, deal, people, value="5000")

    deal.refresh_from_db()
    assert (response.status_code, deal.value, deal.version) == (204, 5000, 2)
    assert deal.changes.count() == 2


def test_who_was_overtaken_sees_the_difference_and_may_save_all_the_same(client, people):
    deal = DealFactory(owner=people.owner, title="Wartung", value=1000)
    log_in(client, people, "manager")
    edit(client, deal, people, value="2000", title="Wartung")
    log_in(client, people, "owner")

    overtaken = edit(client, deal, people, value="3000", title="Wartung")
    form = overtaken.context["form"]
    page = overtaken.content.decode()
    deal.refresh_from_db()
    saved_value = deal.value
    again = edit(client, deal, people, value="3000", title="Wartung")

    assert (overtaken.status_code, saved_value) == (409, 2000)
    assert [(one.label, one.saved, one.typed) for one in form.differences()] == [
        ("Wert, netto", "2.000,00", "3.000")
    ]
    assert 'name="version" value="2"' in page
    assert "3000" in page
    assert again.status_code == 204
    deal.refresh_from_db()
    assert deal.value == 3000


def test_a_won_deal_keeps_a_customer(client, people):
    deal = won(DealFactory(owner=people.owner))
    log_in(client, people, "owner")
    url = reverse("pipeline:deal_edit", args=[deal.pk])

    response = client.post(url, facts(people, version=deal.version), headers={"HX-Request": "true"})

    deal.refresh_from_db()
    assert response.status_code == 422
    assert deal.company is not None


def test_a_person_who_left_stays_owner_of_their_deal_until_someone_else_is_named(client, people):
    deal = DealFactory(owner=people.colleague)
    people.colleague.is_active = False
    people.colleague.save()
    log_in(client, people, "manager")

    response = edit(client, deal, people, owner=people.colleague.pk)

    assert response.status_code == 204


WILD = ["\0", "9" * 40, "-1", "NaN", "1e999999", "x" * 6000, "0000-00-00"]


@pytest.mark.parametrize("value", WILD, ids=range(len(WILD)))
def test_wild_input_is_refused_with_a_message(client, people, value):
    log_in(client, people, "owner")
    names = [*facts(people), "company", "person", "product", "source", "note", "expected_close_on"]
    names += ["company_text", "person_text"]

    answers = {client.post(ADD, facts(people, **{name: value})).status_code for name in names}

    assert answers <= {302, 422}
