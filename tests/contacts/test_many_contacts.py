"""Many companies or persons at once: another owner, a tag, archived and back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.actions import record_objection
from contacts.lawful import may_reach
from contacts.models import Channel, Company, LegalEntry, Person
from contacts.stand import stands_of
from core.models import Event
from tests.factories import CompanyFactory, EmploymentFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def keys(*rows):
    return ",".join(str(row.pk) for row in rows)


def told(response):
    return [str(message) for message in response.wsgi_request._messages]


@pytest.mark.parametrize(("plural", "factory"), [("companies", CompanyFactory), ("persons", PersonFactory)])
def test_the_chosen_rows_get_an_owner_and_it_is_said_which_had_them_already(client, user, plural, factory):
    new = UserFactory()
    rows, already = [factory(), factory()], factory(owner=new)

    response = client.post(
        reverse(f"contacts:{plural}_give"), {"rows": keys(*rows, already), "owner": new.pk}, follow=True
    )

    kind = type(already)
    assert set(kind.objects.values_list("owner", flat=True)) == {new.pk}
    assert [row.version for row in kind.objects.order_by("pk")] == [2, 2, 1]
    assert "owner" in stands_of(rows[0])
    page = response.content.decode()
    assert "für 2 zuständig" in page
    assert "Bei 1 war es schon so" in page


def test_a_tag_is_put_on_the_rows_that_do_not_carry_it(client, user):
    rows = [CompanyFactory(), CompanyFactory()]
    url = reverse("contacts:companies_tag")

    client.post(url, {"rows": keys(rows[0]), "tag": "Messe 2026"})
    client.post(url, {"rows": keys(*rows), "tag": "MESSE  2026"})

    assert [[str(one.tag) for one in row.taggings.all()] for row in rows] == [["Messe 2026"]] * 2
    assert [Company.objects.get(pk=row.pk).version for row in rows] == [2, 2]
    assert client.post(url, {"rows": keys(*rows), "tag": " "}).status_code == 422


def test_what_was_archived_together_comes_back_together(client, user):
    rows = [PersonFactory(), PersonFactory()]
    before = PersonFactory(archived_at=timezone.now())

    response = client.post(reverse("contacts:persons_archive"), {"rows": keys(*rows, before)}, follow=True)

    assert not Person.objects.current().exists()
    undo = next(message.extra_tags for message in response.context["messages"])
    client.post(undo)
    assert list(Person.objects.current().order_by("pk")) == rows
    assert client.post(undo).status_code == 404
    assert Event.objects.filter(kind="contact.unarchived").count() == 2


def test_all_rows_of_a_filter_are_chosen_by_the_filter(client, user):
    for name in ("Nord A", "Nord B", "Süd"):
        CompanyFactory(name=name)

    asked = {"whole": "on", "query": "q=nord", "next": "/contacts/companies/?q=nord"}
    dialog = client.get(reverse("contacts:companies_give"), asked, headers=HTMX).content.decode()

    assert "2 ausgewählt" in dialog
    assert "Nord A" in dialog
    assert "Süd" not in dialog


def test_nothing_chosen_too_much_chosen_and_unknown_rows_are_refused(client, user, monkeypatch):
    url = reverse("contacts:companies_tag")
    monkeypatch.setattr("lists.choices.MOST_CHOSEN", 2)
    rows = [CompanyFactory() for _row in range(3)]

    assert client.post(url, {"tag": "x"}).status_code == 422
    assert client.post(url, {"rows": keys(*rows), "tag": "x"}).status_code == 422
    assert client.post(url, {"rows": "999999999", "tag": "x"}).status_code == 404
    assert client.post(url, {"rows": "x,-1,\0", "tag": "x"}).status_code == 422
    assert client.post(reverse("contacts:companies_archive_undo", args=[10**17])).status_code == 404
    assert client.post("/contacts/companies/archive/undo/" + "9" * 40 + "/").status_code == 404


def test_restricted_persons_are_not_changed(client, user):
    person = PersonFactory(restricted_at=timezone.now())

    sent = {"rows": keys(person), "owner": user.pk}

    assert client.post(reverse("contacts:persons_give"), sent).status_code == 404


REASON = {"ground": "trade", "detail": "Kauft Stahlblech für die eigene Fertigung"}


def test_a_reason_for_calls_is_noted_on_those_who_may_be_presumed_to_want_them(client, user):
    fresh, known, objecting = [CompanyFactory() for _ in range(3)]
    for number, row in enumerate((fresh, known, objecting)):
        Channel.objects.create(company=row, kind="phone", value=f"+4989123456{number}")
    url = reverse("contacts:companies_presume")
    client.post(url, {"rows": keys(known), **REASON})
    record_objection(objecting, "phone", actor=user)

    page = client.post(url, {"rows": keys(fresh, known, objecting), **REASON}, follow=True).content.decode()

    assert [may_reach(row, "phone").allowed for row in (fresh, known, objecting)] == [True, True, False]
    entry = LegalEntry.objects.get(company=fresh)
    assert entry.reason.endswith("Kauft Stahlblech für die eigene Fertigung")
    assert (entry.kind, entry.recorded_by) == ("presumed", user)
    assert "bei 1 vermerkt" in page
    assert "Dürfen schon angerufen werden: 1." in page
    assert "Widersprochen: 1." in page


def test_of_private_persons_nothing_is_presumed(client, user):
    employed, private = EmploymentFactory().person, PersonFactory()

    client.post(reverse("contacts:persons_presume"), {"rows": keys(employed, private), **REASON})

    assert [entry.person for entry in LegalEntry.objects.all()] == [employed]
    assert not may_reach(private, "phone").allowed


@pytest.mark.parametrize(
    "wrong", [{"ground": "x"}, {"detail": "kurz"}, {"detail": "x" * 401}, {"ground": ""}]
)
def test_without_a_real_reason_nothing_is_noted(client, user, wrong):
    answer = client.post(
        reverse("contacts:companies_presume"), {"rows": keys(CompanyFactory()), **REASON, **wrong}
    )

    assert (answer.status_code, LegalEntry.objects.count()) == (422, 0)
