"""Writing to the customer database."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from contacts.actions import (
    AddressFacts,
    ChannelFacts,
    CompanyFacts,
    PersonFacts,
    Reach,
    add_company,
    add_employee,
    add_person,
    archive,
    edit_company,
    edit_employment,
    edit_person,
    employ,
    end_employment,
    unarchive,
)
from contacts.errors import (
    AlreadyEmployed,
    CompanyAboveItself,
    ContactEditedMeanwhile,
    EmploymentEnded,
    EndsBeforeStart,
)
from contacts.models import Channel, Company, Person
from core.models import Event
from tests.factories import ChannelFactory, CompanyFactory, EmploymentFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return UserFactory()


def test_a_company_is_entered_with_its_channels_and_addresses(actor):
    reach = Reach([ChannelFacts("phone", "+4930123456")], [AddressFacts("Hafenstr. 1", "24103", "Kiel")])

    company = add_company(CompanyFacts("Möller GmbH"), reach, actor=actor)

    assert company.channels.get().value == "+4930123456"
    assert str(company.addresses.get()) == "Hafenstr. 1, 24103 Kiel"
    assert Event.objects.get().kind == "company.added"


def test_editing_keeps_changes_adds_and_takes_away_lines(actor):
    company = CompanyFactory()
    kept, changed, gone = (ChannelFactory(company=company, value=f"+493012345{n}") for n in range(3))
    lines = [
        ChannelFacts("phone", kept.value, pk=kept.pk),
        ChannelFacts("mobile", "+491701234567", pk=changed.pk),
        ChannelFacts("email", "info@moeller.example"),
        ChannelFacts("phone", "", pk=gone.pk),
    ]

    edit_company(company, CompanyFacts("Möller AG"), Reach(lines), seen_version=1, actor=actor)

    assert list(company.channels.order_by("pk").values_list("kind", "value")) == [
        ("phone", kept.value),
        ("mobile", "+491701234567"),
        ("email", "info@moeller.example"),
    ]
    assert not Channel.objects.filter(pk=gone.pk).exists()


def test_a_line_that_was_added_while_the_form_was_open_stays(actor):
    company = CompanyFactory()
    shown, added = (ChannelFactory(company=company, value=f"+493012345{n}") for n in range(2))
    lines = [ChannelFacts("phone", shown.value, pk=shown.pk)]

    edit_company(company, CompanyFacts("Möller AG"), Reach(lines), seen_version=1, actor=actor)

    assert added in company.channels.all()


def test_a_line_with_the_key_of_someone_elses_row_leaves_that_row_alone(actor):
    company, foreign = CompanyFactory(), ChannelFactory(value="+49301111111")
    lines = [ChannelFacts("phone", "+49302222222", pk=foreign.pk)]

    edit_company(company, CompanyFacts("Möller"), Reach(lines), seen_version=1, actor=actor)

    foreign.refresh_from_db()
    assert foreign.value == "+49301111111"
    assert company.channels.get().pk != foreign.pk


def test_a_line_emptied_with_the_key_of_someone_elses_row_leaves_that_row_alone(actor):
    company, foreign = CompanyFactory(), ChannelFactory(value="+49301111111")
    lines = [ChannelFacts("phone", "", pk=foreign.pk)]

    edit_company(company, CompanyFacts("Möller"), Reach(lines), seen_version=1, actor=actor)

    assert Channel.objects.filter(pk=foreign.pk).exists()


def test_the_second_editor_is_told_and_nothing_is_saved(actor):
    person = PersonFactory(last_name="Weiß")
    edit_person(person, PersonFacts("Weiss"), seen_version=1, actor=actor)

    with pytest.raises(ContactEditedMeanwhile):
        edit_person(person, PersonFacts("Schwarz"), seen_version=1, actor=actor)

    person.refresh_from_db()
    assert person.last_name == "Weiss"


def test_a_company_is_not_its_own_parent_through_others(actor):
    holding = CompanyFactory()
    daughter = CompanyFactory(parent=holding)

    with pytest.raises(CompanyAboveItself):
        edit_company(holding, CompanyFacts("Holding", parent=daughter), seen_version=1, actor=actor)


def test_archived_ones_are_out_of_lists_until_brought_back(actor):
    company = CompanyFactory()

    archive(company, actor=actor)
    while_archived = Company.objects.current().count()
    unarchive(company, actor=actor)

    assert (while_archived, Company.objects.current().count()) == (0, 1)


def test_archiving_twice_is_one_event(actor):
    company = CompanyFactory()

    archive(company, actor=actor)
    archive(company, actor=actor)

    assert Event.objects.filter(kind="contact.archived").count() == 1


def test_nobody_works_twice_for_the_same_company_at_a_time(actor):
    employment = EmploymentFactory()

    with pytest.raises(AlreadyEmployed):
        employ(employment.person, employment.company, actor=actor)


def test_who_left_can_come_back(actor):
    employment = EmploymentFactory()

    end_employment(employment, timezone.localdate(), actor=actor)
    employ(employment.person, employment.company, actor=actor)

    assert employment.person.employments.count() == 2


def test_the_second_editor_of_an_employment_is_told_and_nothing_is_saved(actor):
    employment = EmploymentFactory(position="Einkauf")
    edit_employment(employment, position="Leitung", role="", seen_version=1, actor=actor)

    with pytest.raises(ContactEditedMeanwhile):
        edit_employment(employment, position="Technik", role="", seen_version=1, actor=actor)

    employment.refresh_from_db()
    assert employment.position == "Leitung"


def test_whoever_corrects_an_employment_that_has_ended_meanwhile_is_told(actor):
    employment = EmploymentFactory()
    end_employment(employment, timezone.localdate(), actor=actor)

    with pytest.raises(ContactEditedMeanwhile):
        edit_employment(employment, position="Technik", role="", seen_version=1, actor=actor)


def test_an_employment_ends_once_and_not_before_it_began(actor):
    employment = EmploymentFactory(since=date(2024, 5, 1))

    with pytest.raises(EndsBeforeStart):
        end_employment(employment, date(2024, 4, 30), actor=actor)
    end_employment(employment, date(2026, 4, 30), actor=actor)

    with pytest.raises(EmploymentEnded):
        end_employment(employment, timezone.localdate() + timedelta(days=1), actor=actor)


def test_a_new_employee_is_entered_with_position_and_role(actor):
    company = CompanyFactory()

    person = add_employee(
        company, PersonFacts("Weiß"), position="Einkauf", role="decision_maker", actor=actor
    )

    assert person.employments.get().position_and_role == "Einkauf · Entscheider"


def test_a_person_is_entered_without_a_company(actor):
    person = add_person(PersonFacts("Weiß", first_name="Eva"), actor=actor)

    assert (str(person), person.list_name) == ("Eva Weiß", "Weiß, Eva")
    assert Person.objects.get() == person
