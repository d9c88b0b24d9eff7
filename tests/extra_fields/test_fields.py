"""Extra fields: what an administrator defines is asked for and shown, and what was said is not lost."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import InternalError
from django.urls import reverse

from contacts.actions import CompanyFacts, PersonFacts, add_company, add_person, edit_company
from contacts.models import Company, Person
from contacts.stand import stands_of
from extra_fields.filters import FROM, TO, condition
from extra_fields.models import ExtraField
from pipeline.actions import edit_deal, facts_of
from pipeline.models import Deal
from tests.conftest import log_in
from tests.contacts.test_forms import add, edit, lines
from tests.factories import CompanyFactory, DealFactory, ExtraFieldFactory, UserFactory

pytestmark = pytest.mark.django_db

Kind, Subject = ExtraField.Kind, ExtraField.Subject


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def page_of(client, row):
    return client.get(row.get_absolute_url()).content.decode()


def test_a_company_is_entered_with_its_extra_fields_and_shows_them(client, user):
    ExtraFieldFactory(code="umsatz", label_de="Jahresumsatz", kind=Kind.NUMBER)
    ExtraFieldFactory(code="stufe", label_de="Treuestufe", kind=Kind.CHOICE, choices="Silber\nGold")
    ExtraFieldFactory(code="seit", label_de="Kunde seit", kind=Kind.DATE)
    ExtraFieldFactory(code="messe", label_de="Messegast", kind=Kind.YES_NO)

    add(client, extra_umsatz="1.250.000,5", extra_stufe="Gold", extra_seit="2020-03-01", extra_messe="False")

    company = Company.objects.get()
    assert company.extra == {"umsatz": "1250000.5", "stufe": "Gold", "seit": "2020-03-01", "messe": False}
    page = page_of(client, company)
    assert all(text in page for text in ("Jahresumsatz", "1.250.000,5", "Gold", "01.03.2020", "nein"))


def test_a_required_field_is_asked_for_and_a_wrong_value_refused(client, user):
    ExtraFieldFactory(code="umsatz", kind=Kind.NUMBER, is_required=True)

    assert add(client).status_code == 422
    assert add(client, extra_umsatz="viel").status_code == 422
    assert add(client, extra_umsatz="1" * 40).status_code == 422
    assert not Company.objects.exists()


def test_an_archived_field_is_asked_for_no_more_but_what_it_says_stays(client, user):
    old = ExtraFieldFactory(code="alt", label_de="Altes Feld")
    company = CompanyFactory(name="Möller", extra={"alt": "Wert von früher"})
    ExtraField.objects.filter(pk=old.pk).update(is_archived=True)

    edit(client, company, name="Möller AG", version=1)

    company.refresh_from_db()
    assert (company.name, company.extra) == ("Möller AG", {"alt": "Wert von früher"})
    page = page_of(client, company)
    assert "Altes Feld" in page
    assert "Wert von früher" in page
    assert "extra_alt" not in client.get(reverse("contacts:company_edit", args=[company.pk])).content.decode()


def test_a_word_taken_out_of_the_choices_stays_until_another_is_chosen(client, user):
    ExtraFieldFactory(code="stufe", kind=Kind.CHOICE, choices="Silber\nGold")
    company = CompanyFactory(name="Möller", extra={"stufe": "Bronze"})

    edit(client, company, name="Möller", extra_stufe="Bronze", version=1)

    company.refresh_from_db()
    assert company.extra == {"stufe": "Bronze"}


def test_who_says_nothing_of_extra_fields_leaves_them_as_they_are(user):
    company = add_company(CompanyFacts("Möller", extra={"a": "1", "b": "2"}), actor=user)

    company = edit_company(company, CompanyFacts("Möller AG"), seen_version=1, actor=user)
    assert company.extra == {"a": "1", "b": "2"}

    company = edit_company(company, CompanyFacts("Möller AG", extra={"a": None}), seen_version=2, actor=user)
    assert company.extra == {"b": "2"}
    assert [event.extra for event in company.events.order_by("pk")] == [{"a": "1", "b": "2"}] * 2
    assert "extra:a" in stands_of(company)


def test_a_person_has_extra_fields_of_their_own(client, user):
    ExtraFieldFactory(subject=Subject.PERSON, code="duzen", label_de="Per Du", kind=Kind.YES_NO)
    ExtraFieldFactory(code="firmenfeld", label_de="Nur für Firmen")
    url = reverse("contacts:person_add")

    client.post(url, {"last_name": "Lang", "language": "de", "extra_duzen": "True", **lines()})

    person = Person.objects.get()
    assert person.extra == {"duzen": True}
    assert "Per Du" in page_of(client, person)
    assert "Nur für Firmen" not in page_of(client, person)
    assert add_person(PersonFacts("Kurz"), actor=user).extra == {}


def test_a_fact_of_a_deal_is_changed_where_it_stands(client, people):
    ExtraFieldFactory(subject=Subject.DEAL, code="flaeche", label_de="Fläche", kind=Kind.NUMBER)
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")
    url = reverse("pipeline:deal_fact", args=[deal.pk, "extra_flaeche"])
    fragment = {"HX-Request": "true"}

    assert client.post(url, {"seen": "", "extra_flaeche": "120,5"}, headers=fragment).status_code == 204
    assert Deal.objects.get().extra == {"flaeche": "120.5"}
    assert "120,5" in client.get(reverse("pipeline:deal_detail", args=[deal.pk])).content.decode()

    late = client.post(url, {"seen": "", "extra_flaeche": "99"}, headers=fragment)
    assert late.status_code == 409
    assert "120,5" in late.content.decode()
    assert client.get(url.replace("flaeche", "gibtsnicht"), headers=fragment).status_code == 404


def test_the_form_of_a_deal_asks_for_extra_fields_and_tells_who_was_overtaken(client, people):
    ExtraFieldFactory(subject=Subject.DEAL, code="flaeche", label_de="Fläche", kind=Kind.NUMBER)
    deal = DealFactory(owner=people.owner)
    log_in(client, people, "owner")
    said = {"title": "Halle", "owner": people.owner.pk, "kind": "new", "currency": "EUR", "value": ""}
    url = reverse("pipeline:deal_edit", args=[deal.pk])
    edit_deal(deal, facts_of(deal), seen_version=1, actor=people.owner)
    Deal.objects.filter(pk=deal.pk).update(version=2, extra={"flaeche": "7"})

    stale = client.post(url, {**said, "extra_flaeche": "8", "company": deal.company_id, "version": 1})

    assert stale.status_code == 409
    assert "Fläche" in stale.content.decode()
    client.post(url, {**said, "extra_flaeche": "8", "company": deal.company_id, "version": 2})
    assert Deal.objects.get().extra == {"flaeche": "8"}


@pytest.mark.parametrize(
    ("kind", "stored", "asked"),
    [
        (Kind.TEXT, "Große Halle am Kai", [("", "halle grosse"), ("", "KAI")]),
        (Kind.NUMBER, "9.5", [(FROM, Decimal("9.5")), (TO, Decimal("10")), (FROM, Decimal("-1"))]),
        (Kind.DATE, "2026-11-24", [(FROM, "2026-11-24"), (TO, "2026-12-01")]),
        (Kind.CHOICE, "Gold", [("", "Gold")]),
        (Kind.YES_NO, False, [("", False)]),
    ],
)
def test_rows_are_found_by_what_they_say(kind, stored, asked):
    field = ExtraFieldFactory(code="feld", kind=kind, choices="Gold" if kind == Kind.CHOICE else "")
    fitting = CompanyFactory(extra={"feld": stored})
    others = [None, "0", "2020-01-01", "Silber", True, "100"]
    for other in others:
        CompanyFactory(extra={"feld": other} if other != stored else {})

    for bound, value in asked:
        assert fitting in Company.objects.filter(condition(field, bound, value))
    assert CompanyFactory() not in Company.objects.filter(condition(field, *asked[0]))


def test_kind_and_code_of_a_field_stay(user):
    field = ExtraFieldFactory(code="feld")

    with pytest.raises(InternalError), transaction.atomic():
        ExtraField.objects.filter(pk=field.pk).update(kind=Kind.NUMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtraFieldFactory(code="feld__zwei")
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtraFieldFactory(code="feld")


def test_an_administrator_defines_a_field_and_cannot_delete_it(client, people):
    log_in(client, people, "admin")
    said = {"subject": "company", "code": "stufe", "label_de": "Stufe", "kind": "choice", "position": 1}

    assert client.post("/admin/extra_fields/extrafield/add/", said).status_code == 200
    assert (
        client.post(
            "/admin/extra_fields/extrafield/add/", {**said, "kind": "text", "choices": "a"}
        ).status_code
        == 200
    )
    client.post("/admin/extra_fields/extrafield/add/", {**said, "choices": "Gold\nSilber"})

    field = ExtraField.objects.get()
    assert (
        client.post(f"/admin/extra_fields/extrafield/{field.pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert client.get(f"/admin/extra_fields/extrafield/{field.pk}/change/").status_code == 200
    log_in(client, people, "manager")
    assert client.get("/admin/extra_fields/extrafield/").status_code == 403
