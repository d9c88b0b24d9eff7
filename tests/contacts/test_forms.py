"""Entering and editing companies and persons: doubles are asked about, stale edits told, typed work kept."""

from datetime import date

import pytest
from django.urls import reverse

from contacts.actions import ChannelFacts, CompanyFacts, Reach, edit_company, edit_employment, end_employment
from contacts.models import Company, Employment, Person
from tests.factories import (
    ChannelFactory,
    CompanyFactory,
    DealFactory,
    EmploymentFactory,
    PersonFactory,
    UserFactory,
    won,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def lines(*channels, addresses=()):
    """The posted lines: (kind, value) each."""
    data = {
        "channels-TOTAL_FORMS": len(channels),
        "channels-INITIAL_FORMS": 0,
        "addresses-TOTAL_FORMS": len(addresses),
        "addresses-INITIAL_FORMS": 0,
    }
    for number, (kind, value) in enumerate(channels):
        data |= {f"channels-{number}-kind": kind, f"channels-{number}-value": value}
    for number, city in enumerate(addresses):
        data |= {f"addresses-{number}-city": city, f"addresses-{number}-country": "DE"}
    return data


def add(client, name="Möller GmbH", **data):
    url = reverse("contacts:company_add")
    return client.post(url, {"name": name, "kinds": "prospect", **lines(), **data})


def edit(client, company, **data):
    url = reverse("contacts:company_edit", args=[company.pk])
    return client.post(url, {"kinds": "prospect", **lines(), **data})


def test_a_company_is_entered_with_its_lines(client, user):
    response = add(client, **lines(("phone", "030 1234567"), addresses=["Kiel"]))

    company = Company.objects.get()
    assert response.url == reverse("contacts:company_detail", args=[company.pk])
    assert company.channels.get().value == "+49301234567"
    assert company.addresses.get().city == "Kiel"


def test_a_wrong_number_is_told_at_its_line_and_everything_typed_is_kept(client, user):
    response = add(client, **lines(("phone", "Frau Weiß fragen")))

    answer = response.content.decode()
    assert response.status_code == 422
    assert "Frau Weiß fragen" in answer
    assert "Das ist keine Telefonnummer" in answer
    assert not Company.objects.exists()


@pytest.mark.parametrize("name", ["Mueller GmbH", "MÜLLER", "Muller AG"])
def test_a_company_of_the_same_name_is_asked_about(client, user, name):
    CompanyFactory(name="Müller GmbH & Co. KG")

    response = add(client, name=name)

    assert response.status_code == 422
    assert "gleicher Name" in response.content.decode()
    assert Company.objects.count() == 1


def test_a_company_with_the_same_number_is_asked_about(client, user):
    ChannelFactory(value="+49301234567", company=CompanyFactory(name="Ganz anders"))

    response = add(client, **lines(("phone", "030/1234567")))

    assert "gleiche Telefonnummer" in response.content.decode()
    assert Company.objects.count() == 1


def test_the_question_can_be_overruled(client, user):
    CompanyFactory(name="Möller GmbH")

    response = add(client, confirmed="1")

    assert response.status_code == 302
    assert Company.objects.count() == 2


def test_a_person_with_the_same_name_is_asked_about(client, user):
    PersonFactory(first_name="Eva", last_name="Weiß")
    data = {"first_name": "Eva", "last_name": "Weiss", "language": "de", **lines()}

    response = client.post(reverse("contacts:person_add"), data)

    assert response.status_code == 422
    assert Person.objects.count() == 1


def test_a_stale_edit_says_what_is_saved_now_and_keeps_what_was_typed(client, user):
    company = CompanyFactory(name="Alt", industry="Holz")
    edit_company(company, CompanyFacts("Alt", industry="Metall"), seen_version=1, actor=user)

    response = edit(client, company, name="Alt", industry="Textil", version=1)

    answer = response.content.decode()
    assert response.status_code == 409
    assert "Jetzt steht hier: Metall" in answer
    assert 'value="Textil"' in answer
    company.refresh_from_db()
    assert company.industry == "Metall"


def test_saving_once_more_after_that_is_a_decision(client, user):
    company = CompanyFactory(name="Alt", industry="Holz")
    edit_company(company, CompanyFacts("Alt", industry="Metall"), seen_version=1, actor=user)
    stale = edit(client, company, name="Alt", industry="Textil", version=1)
    version = stale.context["draft"].form["version"].value()

    edit(client, company, name="Alt", industry="Textil", version=version)

    company.refresh_from_db()
    assert company.industry == "Textil"


def test_a_stale_edit_says_which_number_is_saved_now(client, user):
    company = CompanyFactory(name="Alt")
    number = ChannelFactory(company=company, value="+4930111111")
    theirs = Reach([ChannelFacts("phone", "+4930222222", pk=number.pk)])
    edit_company(company, CompanyFacts("Alt"), theirs, seen_version=1, actor=user)
    mine = {
        "channels-TOTAL_FORMS": 1,
        "channels-0-pk": number.pk,
        "channels-0-kind": "phone",
        "channels-0-value": "+4930333333",
    }

    response = edit(client, company, name="Alt", version=1, **mine)

    answer = response.content.decode()
    assert response.status_code == 409
    assert "Jetzt steht hier: 030 222222" in answer
    assert "333333" in answer


def test_a_stale_edit_of_an_employment_says_what_is_saved_now(client, user):
    employment = EmploymentFactory(position="Einkauf")
    edit_employment(employment, position="Leitung", role="", seen_version=1, actor=user)
    url = reverse("contacts:employment_edit", args=[employment.pk])

    stale = client.post(url, {"position": "Technik", "role": "", "version": 1})
    version = stale.context["form"]["version"].value()
    again = client.post(url, {"position": "Technik", "role": "", "version": version})

    answer = stale.content.decode()
    assert (stale.status_code, again.status_code) == (409, 302)
    assert "Jetzt steht hier: Leitung" in answer
    assert 'value="Technik"' in answer
    employment.refresh_from_db()
    assert employment.position == "Technik"


def test_whoever_corrects_an_employment_that_has_ended_meanwhile_sees_when(client, user):
    employment = EmploymentFactory()
    end_employment(employment, date(2026, 3, 31), actor=user)
    url = reverse("contacts:employment_edit", args=[employment.pk])

    response = client.post(url, {"position": "Technik", "role": "", "version": 1})

    answer = response.content.decode()
    assert response.status_code == 409
    assert "bis 31.03.2026" in answer
    assert 'value="Technik"' in answer


@pytest.mark.parametrize("name", ["company", "person"])
def test_the_same_form_sent_twice_enters_one(client, user, name):
    url = reverse(f"contacts:{name}_add")
    form = client.get(url).context["draft"].form
    data = {"name": "Eifel Bau", "kinds": "prospect", "last_name": "Weiß", "language": "de", **lines()}
    data["form_key"] = form["form_key"].value()

    answers = [client.post(url, data) for _click in range(2)]

    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert Company.objects.count() + Person.objects.count() == 1


def test_a_new_colleague_sent_twice_works_there_once(client, user):
    url = reverse("contacts:employee_add", args=[CompanyFactory().pk])
    key = client.get(url).context["draft"].form["form_key"].value()
    data = {"last_name": "Weiß", "language": "de", "form_key": key, **lines()}

    answers = [client.post(url, data) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Employment.objects.count() == 1


def test_undeclared_fields_change_nothing(client, user):
    company = CompanyFactory(name="Alt")

    edit(client, company, name="Neu", version=1, id=99, external_id="x", archived_at="2020-01-01")

    company.refresh_from_db()
    assert (company.name, company.external_id, company.archived_at) == ("Neu", "", None)


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 40])
def test_an_edit_without_a_true_version_saves_nothing(client, user, version):
    company = CompanyFactory(name="Alt")

    response = edit(client, company, name="Neu", version=version)

    company.refresh_from_db()
    assert (response.status_code in (409, 422), company.name) == (True, "Alt")


def test_a_new_person_is_entered_at_a_company(client, user):
    company = CompanyFactory()
    data = {"last_name": "Weiß", "language": "de", "position": "Einkauf", "role": "influencer", **lines()}

    client.post(reverse("contacts:employee_add", args=[company.pk]), data)

    employment = Employment.objects.get()
    assert (employment.company, employment.person.last_name, employment.role) == (
        company,
        "Weiß",
        "influencer",
    )


def test_a_known_person_joins_a_company(client, user):
    company, person = CompanyFactory(), PersonFactory()
    url = reverse("contacts:employee_join", args=[company.pk])

    client.post(url, {"person": person.pk, "role": ""})

    assert company.employments.get().person == person


def test_a_name_that_was_typed_and_not_chosen_is_refused_and_kept(client, user):
    url = reverse("contacts:employee_join", args=[CompanyFactory().pk])

    response = client.post(url, {"person": "", "person_text": "Weiß", "role": ""})

    assert response.status_code == 422
    assert 'value="Weiß"' in response.content.decode()


def test_a_wrong_line_is_summed_up_on_top_with_a_link(client, user):
    answer = add(client, **lines(("phone", "Zentrale"))).content.decode()

    assert 'href="#id_channels-0-value"' in answer
    assert "Bitte prüfen Sie" in answer


def test_who_works_there_already_is_told_in_the_form(client, user):
    employment = EmploymentFactory()
    url = reverse("contacts:employee_join", args=[employment.company_id])

    response = client.post(url, {"person": employment.person_id, "role": "", "position": "Technik"})

    answer = response.content.decode()
    assert response.status_code == 422
    assert "Diese Person arbeitet schon für diese Firma" in answer
    assert 'value="Technik"' in answer


def test_a_company_below_is_refused_as_parent_in_the_form(client, user):
    holding = CompanyFactory(name="Holding")
    daughter = CompanyFactory(parent=CompanyFactory(parent=holding))

    response = edit(client, holding, name="Neuer Name", parent=daughter.pk, version=1)

    answer = response.content.decode()
    assert response.status_code == 422
    assert 'value="Neuer Name"' in answer
    assert 'href="#id_parent"' in answer


@pytest.mark.parametrize(
    ("kept", "told"),
    [({"since": date(2026, 4, 1)}, "01.04.2026"), ({"until": date(2026, 2, 28)}, "28.02.2026")],
)
def test_an_end_that_cannot_be_is_told_with_the_day_that_stands(client, user, kept, told):
    employment = EmploymentFactory(**kept)
    url = reverse("contacts:employment_end", args=[employment.pk])

    response = client.post(url, {"on": "2026-03-31"})

    answer = response.content.decode()
    assert response.status_code == 422
    assert told in answer
    assert 'value="2026-03-31"' in answer


def test_the_deals_of_a_customer_stand_there_with_their_worth(client, user):
    company = CompanyFactory()
    DealFactory(company=company, title="Offene", value=5000)
    won(DealFactory(company=company, title="Gewonnene", value=700))

    answer = client.get(reverse("pipeline:company_deals", args=[company.pk])).content.decode()

    assert answer.index("Offene") < answer.index("Gewonnene")
    assert "5.000" in answer


def test_deals_that_are_not_to_be_seen_are_not_counted(client, people, settings):
    settings.DEAL_VISIBILITY = "own"
    client.force_login(people.stranger, backend="django.contrib.auth.backends.ModelBackend")
    deal = DealFactory(owner=people.owner, title="Vertraulich", value=77777)

    answer = client.get(reverse("pipeline:company_deals", args=[deal.company_id])).content.decode()

    assert "Vertraulich" not in answer
    assert "77.777" not in answer


def test_who_left_is_no_longer_among_the_people(client, user):
    employment = EmploymentFactory()

    client.post(reverse("contacts:employment_end", args=[employment.pk]), {"on": "2026-03-31"})

    context = client.get(reverse("contacts:company_detail", args=[employment.company_id])).context
    assert (list(context["people"]), list(context["former"])) == ([], [employment])
