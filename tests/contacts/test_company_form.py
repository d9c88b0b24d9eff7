"""What can be said of a company and a person, in sections, checked by rule."""

import pytest
from django.urls import reverse

from contacts.actions import CompanyFacts, add_company, edit_company
from contacts.errors import CustomerNumberTaken
from contacts.models import Company, Person, Tag
from tests.contacts.test_forms import lines
from tests.factories import CompanyFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def enter(client, **data):
    said = {"name": "Möller GmbH", "kinds": ["prospect"], **lines(), **data}
    return client.post(reverse("contacts:company_add"), said)


def test_everything_known_of_a_company_is_kept(client, user):
    enter(
        client,
        kinds=["partner", "supplier"],
        vat_id="de 136 695 976",
        register_court="Kiel",
        register_number="hrb 12345 ki",
        customer_number="K-100",
        stated_size="medium",
        tags="Messe, Holz, messe",
    )

    company = Company.objects.get()
    assert (company.kinds, company.legal_form) == (["partner", "supplier"], "GmbH")
    assert (company.vat_id, company.register_number) == ("DE136695976", "HRB 12345 KI")
    assert (company.size_class, company.customer_number) == ("medium", "K-100")
    assert [str(tagging) for tagging in company.taggings.all()] == ["Holz", "Messe"]


def test_a_known_number_of_employees_says_the_size(client, user):
    enter(client, employees=300, stated_size="micro")

    assert Company.objects.get().size_class == Company.Size.LARGE


def test_the_legal_form_follows_the_name_until_it_is_chosen(client, user):
    enter(client)
    company = Company.objects.get()
    url = reverse("contacts:company_edit", args=[company.pk])
    renamed = {"name": "Möller AG", "version": 1, **lines()}

    client.post(url, renamed | {"legal_form": client.get(url).context["draft"].form["legal_form"].value()})

    company.refresh_from_db()
    assert company.legal_form == "AG"


def test_a_wrong_vat_id_is_told_at_its_field_and_unfolds_it(client, user):
    response = enter(client, vat_id="DE136695978")

    answer = response.content.decode()
    assert response.status_code == 422
    assert "Die Prüfziffer passt nicht" in answer
    assert '<details class="form-section behind" open>' in answer


def test_a_customer_number_is_given_once(client, user):
    CompanyFactory(customer_number="K-100")

    response = enter(client, customer_number="K-100")

    assert "Eine andere Firma hat diese Kundennummer schon" in response.content.decode()


def test_who_gives_the_same_customer_number_a_moment_later_is_told(user):
    add_company(CompanyFacts("Eins", customer_number="K-1"), actor=user)
    other = add_company(CompanyFacts("Zwei"), actor=user)

    with pytest.raises(CustomerNumberTaken):
        edit_company(other, CompanyFacts("Zwei", customer_number="K-1"), seen_version=1, actor=user)


def test_an_edit_shows_and_keeps_what_was_said(client, user):
    enter(client, kinds=["partner"], vat_id="DE136695976", tags="Holz")
    url = reverse("contacts:company_edit", args=[Company.objects.get().pk])

    form = client.get(url).context["draft"].form

    assert form["kinds"].value() == ["partner"]
    assert (form["vat_id"].value(), form["tags"].value()) == ("DE136695976", "Holz")


def test_a_stale_edit_of_kinds_says_what_is_saved_now(client, user):
    company = CompanyFactory(name="Alt")
    edit_company(company, CompanyFacts("Alt", kinds=["competitor"]), seen_version=1, actor=user)
    url = reverse("contacts:company_edit", args=[company.pk])
    mine = {"name": "Alt", "kinds": ["partner", "supplier"], "version": 1, **lines()}

    response = client.post(url, mine)

    assert response.status_code == 409
    assert "Jetzt steht hier: Wettbewerber" in response.content.decode()
    assert response.context["draft"].form["kinds"].value() == ["partner", "supplier"]


@pytest.mark.parametrize("tags", ["x" * 41, ",".join(map(str, range(40)))])
def test_too_many_or_too_long_tags_are_refused(client, user, tags):
    assert enter(client, tags=tags).status_code == 422
    assert not Tag.objects.exists()


def test_lists_are_narrowed_to_a_tag(client, user):
    enter(client, tags="Holz")
    CompanyFactory(name="Andere")

    page = client.get(reverse("contacts:company_list"), {"tag": "HOLZ"}).context["page"]

    assert [row.name for row in page.rows] == ["Möller GmbH"]


def test_tags_are_offered_by_their_beginning(client, user):
    enter(client, tags="Messe, Holz")

    assert "Holz" in client.get(reverse("contacts:tag_options"), {"q": "ho"}).content.decode()
    assert "Messe" not in client.get(reverse("contacts:tag_options"), {"q": "ho"}).content.decode()


@pytest.mark.parametrize(("day", "status"), [("1980-02-29", 302), ("2999-01-01", 422), ("1700-01-01", 422)])
def test_a_birthday_is_a_day_someone_alive_was_born_on(client, user, day, status):
    person = PersonFactory()
    url = reverse("contacts:person_edit", args=[person.pk])

    response = client.post(
        url, {"last_name": "Weiß", "language": "de", "birthday": day, "version": 1, **lines()}
    )

    assert response.status_code == status


def test_a_person_may_be_neither_ms_nor_mr(client, user):
    data = {"last_name": "Weiß", "salutation": "mx", "language": "fr", **lines()}

    client.post(reverse("contacts:person_add"), data)

    assert Person.objects.get().salutation == "mx"
