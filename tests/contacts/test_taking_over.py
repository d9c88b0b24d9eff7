"""Taking over from a pasted text: one by one or together, with the source in the stand."""

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.actions import CompanyFacts, edit_company
from contacts.models import Address, Company
from contacts.stand import WHOLE, stands_of
from tests.contacts.test_recognising import IMPRINT, PROFILE, SIGNATURE
from tests.factories import ChannelFactory, CompanyFactory, EmploymentFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def paste(client, row, text, source="imprint", **data):
    url = reverse(f"contacts:{row._meta.model_name}_recognise", args=[row.pk])
    return client.post(url, {"text": text, "source": source, "version": row.version, **data})


def test_proposals_stand_beside_what_is_known(client, user):
    company = CompanyFactory(name="Nordlicht GmbH", vat_id="DE136695976")

    context = paste(client, company, IMPRINT).context

    assert [(one.field, one.now) for one in context["new"]][:2] == [
        ("name", "Nordlicht GmbH"),
        ("register_number", ""),
    ]
    assert [one.field for one in context["same"]] == ["vat_id"]


def test_one_click_takes_over_one_field_with_its_source(client, user):
    company = CompanyFactory(name="Nordlicht GmbH")

    response = paste(client, company, IMPRINT, take="register_number")

    company.refresh_from_db()
    stands = stands_of(company)
    assert (company.register_number, company.register_court, company.name) == (
        "HRB 98765",
        "",
        "Nordlicht GmbH",
    )
    assert (stands["register_number"].source, stands["register_number"].by) == ("imprint", user)
    assert "register_number" in [one.field for one in response.context["same"]]
    assert response.context["form"]["version"].value() == "2"


def test_all_that_are_ticked_are_taken_over_at_once(client, user):
    company = CompanyFactory(name="Nordlicht Energietechnik", kinds=["partner"], note="bleibt")
    keys = [one.key for one in paste(client, company, IMPRINT).context["new"]]

    response = paste(client, company, IMPRINT, take="chosen", chosen=keys)

    company.refresh_from_db()
    assert response.status_code == 302
    assert (company.name, company.legal_form) == ("Nordlicht Energietechnik GmbH", "GmbH")
    assert (company.kinds, company.note) == (["partner"], "bleibt")
    assert Address.objects.get().city == "Hamburg"
    assert set(company.channels.values_list("value", flat=True)) == {"+49401234567", "info@nordlicht.example"}
    assert stands_of(company.channels.first())[WHOLE].source == "imprint"


def test_a_value_that_agrees_is_confirmed_and_not_doubled(client, user):
    company = CompanyFactory()
    ChannelFactory(company=company, value="+49401234567")
    same = paste(client, company, IMPRINT).context["same"]

    paste(client, company, IMPRINT, take=same[0].key)

    channel = company.channels.get()
    assert stands_of(channel)[WHOLE].source == "imprint"


def test_a_person_takes_over_name_channels_and_position(client, user):
    job = EmploymentFactory(person=PersonFactory(first_name="Eva", last_name="Weiss"), position="")
    keys = [one.key for one in paste(client, job.person, SIGNATURE, "signature").context["new"]]

    paste(client, job.person, SIGNATURE, "signature", take="chosen", chosen=keys)

    job.refresh_from_db()
    job.person.refresh_from_db()
    assert (job.person.full_name, job.position) == ("Dr. Eva Weiß", "Leiterin Einkauf")
    assert job.person.channels.filter(kind="linkedin").exists()


def test_a_known_company_is_proposed_as_employer(client, user):
    person, company = PersonFactory(), CompanyFactory(name="Alpenblick AG")

    paste(client, person, PROFILE, "profile", take="company")

    assert person.employments.get().company == company


def test_who_was_overtaken_is_told_and_nothing_is_taken_over(client, user):
    company = CompanyFactory(name="Nordlicht GmbH")
    edit_company(company, CompanyFacts("Nordlicht AG"), seen_version=1, actor=user)

    response = paste(client, company, IMPRINT, take="name")

    assert response.status_code == 409
    assert IMPRINT.splitlines()[2] in response.content.decode()
    assert Company.objects.get().name == "Nordlicht AG"


@pytest.mark.parametrize(("text", "status"), [("", 422), ("Nichts von Belang.", 200), ("x" * 30_000, 422)])
def test_a_text_that_says_nothing_is_answered(client, user, text, status):
    assert paste(client, CompanyFactory(), text).status_code == status


def test_a_mobile_number_stands_beside_mobile_numbers_only(client, user):
    person = PersonFactory()
    ChannelFactory(company=None, person=person, kind="phone", value="+493023125991")

    page = paste(client, person, "Mobil: 0160 4069123", source="signature")

    (mobile,) = [one for one in page.context["new"] if one.field == "mobile"]
    assert (mobile.now, mobile.stand) == ("", None)


def test_what_stands_now_says_its_stand_as_the_panel_of_facts_does(client, user):
    company = CompanyFactory(name="Nordlicht GmbH")
    edit_company(company, CompanyFacts(name="Nordlicht Energie"), seen_version=1, actor=user)
    company.refresh_from_db()

    page = paste(client, company, IMPRINT).content.decode()

    assert f"Stand {timezone.localdate():%d.%m.%Y}" in page
    assert "Bestätigt am" in page
