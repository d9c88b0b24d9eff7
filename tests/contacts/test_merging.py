"""Making two customers one, and two again: nothing is lost, nothing is left behind."""

from datetime import date, timedelta

import pghistory.models
import pytest
from django.apps import apps
from django.utils import timezone

from activities.models import Activity
from contacts.actions import CompanyFacts, edit_company
from contacts.errors import CannotMerge, CannotUndoMerge, ContactEditedMeanwhile, ContactMergedMeanwhile
from contacts.merging import gather_stragglers, merge, survivor_of, undo_merge
from contacts.merging.links import links_to
from contacts.models import (
    Address,
    Channel,
    Company,
    DuplicatePair,
    Employment,
    FieldStand,
    LegalEntry,
    MatchKey,
    MergeRecord,
    Person,
    Tag,
    Tagging,
)
from contacts.stand import record_stand
from core.models import Delivery, Event
from tests.factories import (
    ActivityFactory,
    ChannelFactory,
    CompanyFactory,
    DealFactory,
    EmploymentFactory,
    PersonFactory,
    UserFactory,
    won,
)

pytestmark = pytest.mark.django_db

ALL = dict[str, list[dict[str, object]]]
# What tells that something was done and undone, or follows from other rows.
LOGS = (Event, Delivery, MergeRecord, MatchKey)
MOVES_ON = {"version", "updated_at", "touched_at"}


def everything() -> ALL:
    """Every row of every table, but for the logs."""
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name not in MOVES_ON}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in apps.get_models(include_auto_created=True)
        if not issubclass(model, (pghistory.models.Event, *LOGS))
        and model._meta.managed
        and model._meta.app_label not in ("pghistory", "sessions", "auth", "contenttypes", "admin", "axes")
    }


@pytest.fixture
def actor():
    return UserFactory()


@pytest.fixture
def firms(actor) -> tuple[Company, Company]:
    """Two companies with all kinds of things attached, some of them to both."""
    kept = CompanyFactory(name="Holz Möller GmbH", industry="Holzbau", note="Ruft gern an.")
    gone = CompanyFactory(
        name="Holz-Moeller", employees=12, note="Zahlt pünktlich.", external_id="A-7", extra={"floor": "2"}
    )
    person = PersonFactory()
    for firm in (kept, gone):
        EmploymentFactory(company=firm, person=person)
        ChannelFactory(company=firm, value="+49301234567")
        Address.objects.create(company=firm, street="Hauptstr. 1", postal_code="10115", city="Berlin")
        Tagging.objects.create(company=firm, tag=Tag.objects.get_or_create(name="Messe")[0])
    EmploymentFactory(company=gone)
    ChannelFactory(company=gone, kind=Channel.Kind.EMAIL, value="info@holz.example")
    Tagging.objects.create(company=gone, tag=Tag.objects.create(name="Stammtisch"))
    CompanyFactory(name="Tochter GmbH", parent=gone)
    won(DealFactory(company=gone, owner=actor))
    DealFactory(company=gone, owner=actor)
    ActivityFactory(company=gone)
    LegalEntry.objects.create(company=gone, kind="objection", means="phone", recorded_by=actor)
    # Entered before: what they say is older where nothing else is known.
    Company.objects.filter(pk=gone.pk).update(created_at=timezone.now() - timedelta(days=400))
    return kept, gone


def merged(kept, gone, actor, chosen=None) -> MergeRecord:
    for row in (kept, gone):
        row.refresh_from_db()
    return merge(kept, gone, chosen, seen_versions=(kept.version, gone.version), actor=actor)


def test_everything_attached_moves_along(firms, actor):
    kept, gone = firms

    record = merged(kept, gone, actor)

    assert kept.deals.count() == 2
    assert Activity.objects.get().company == kept
    assert {channel.value for channel in kept.channels.all()} == {"+49301234567", "info@holz.example"}
    assert kept.addresses.count() == 1
    assert {str(tagging) for tagging in kept.taggings.all()} == {"Messe", "Stammtisch"}
    assert kept.subsidiaries.get().name == "Tochter GmbH"
    assert LegalEntry.objects.get().company == kept
    assert Employment.objects.filter(company=kept).count() == 2
    # What the survivor has already rests on the merged row, and is remembered.
    assert set(record.stayed) == {
        "contacts.address.company",
        "contacts.channel.company",
        "contacts.employment.company",
        "contacts.tagging.company",
    }
    kept.refresh_from_db()
    assert kept.purchases == 1


def test_the_survivor_says_what_was_suggested_and_chosen(firms, actor):
    kept, gone = firms

    merged(kept, gone, actor, {"note": "both"})

    kept.refresh_from_db()
    assert (kept.name, kept.industry, kept.employees) == ("Holz Möller GmbH", "Holzbau", 12)
    assert kept.note == "Ruft gern an.\n\nZahlt pünktlich."
    assert (kept.external_id, kept.extra) == ("A-7", {"floor": "2"})


def test_the_more_recent_value_is_suggested(firms, actor):
    kept, gone = firms
    record_stand(gone, ["name"], origin="typed", by=actor)

    merged(kept, gone, actor)

    kept.refresh_from_db()
    assert kept.name == "Holz-Moeller"
    assert FieldStand.objects.get(company=kept, field="name").origin == "merge"


def test_the_merged_row_leads_on(firms, actor):
    kept, gone = firms

    merged(kept, gone, actor)

    gone.refresh_from_db()
    assert survivor_of(gone) == kept
    assert gone.archived_at is not None
    assert gone not in Company.objects.current()
    assert Event.objects.filter(kind="contact.merged").get().subject_id == kept.pk


def test_undone_everything_is_as_it_was(firms, actor):
    kept, gone = firms
    record_stand(
        kept, ["name"], origin="import", by=None, at=timezone.now() - timedelta(days=9), source="a.csv"
    )
    DuplicatePair.objects.create(low_company=kept, high_company=gone, score=90, reasons=["same_phone"])
    before = everything()

    record = merged(kept, gone, actor, {"name": "taken"})
    assert everything() != before
    undone = undo_merge(record, actor=actor)

    assert (undone.edited_fields, undone.elsewhere) == ([], 0)
    after = everything()
    for label, rows in before.items():
        # A decision keeps who made it.
        if label != "contacts.DuplicatePair":
            assert after[label] == rows, label
    assert DuplicatePair.objects.get().state == "open"


def test_what_was_entered_since_stays_with_the_survivor(firms, actor):
    kept, gone = firms
    record = merged(kept, gone, actor)
    later = ActivityFactory(company=kept, text="Nach dem Zusammenführen")
    ChannelFactory(company=kept, value="+49309999999")

    undo_merge(record, actor=actor)

    later.refresh_from_db()
    assert later.company == kept
    assert kept.channels.filter(value="+49309999999").exists()
    assert gone.deals.count() == 2
    assert gone.channels.count() == 2


def test_a_field_edited_since_is_told_and_stays(firms, actor):
    kept, gone = firms
    record = merged(kept, gone, actor, {"name": "taken"})
    kept.refresh_from_db()
    edit_company(kept, CompanyFacts("Holz Möller AG"), seen_version=kept.version, actor=actor)
    moved = gone.pk and kept.channels.get(kind="email")
    moved.delete()

    undone = undo_merge(record, actor=actor)

    kept.refresh_from_db()
    assert kept.name == "Holz Möller AG"
    assert "name" in undone.edited_fields
    assert undone.elsewhere == 1


def test_a_company_below_the_merged_one_takes_its_place(actor):
    top, gone = CompanyFactory(), CompanyFactory()
    gone.parent = top
    gone.save()
    kept = CompanyFactory(parent=CompanyFactory(parent=gone))
    before = everything()

    record = merged(kept, gone, actor)

    kept.refresh_from_db()
    assert kept.parent == top
    assert kept.subsidiaries.count() == 1
    undo_merge(record, actor=actor)
    assert everything() == before


def test_persons_are_merged_and_parted(actor):
    kept, gone = PersonFactory(first_name="Petra", birthday=None), PersonFactory(birthday=date(1980, 5, 1))
    firm = CompanyFactory()
    for person in (kept, gone):
        EmploymentFactory(person=person, company=firm)
        person.values.create(value="price", noted_on=date(2026, 1, 1))
    DealFactory(person=gone, company=None, owner=actor)
    ActivityFactory(company=None, person=gone)
    before = everything()

    record = merged(kept, gone, actor)

    kept.refresh_from_db()
    assert kept.birthday == date(1980, 5, 1)
    assert (kept.deals.count(), kept.activities.count(), kept.employments.count()) == (1, 1, 1)
    undo_merge(record, actor=actor)
    assert everything() == before


def test_a_merge_in_a_row_is_undone_from_its_end(actor):
    first, second, third = CompanyFactory(), CompanyFactory(), CompanyFactory()
    DealFactory(company=first, owner=actor)
    before = everything()
    one = merged(second, first, actor)
    other = merged(third, second, actor)

    with pytest.raises(CannotUndoMerge):
        undo_merge(one, actor=actor)

    first.refresh_from_db()
    assert survivor_of(first) == third
    undo_merge(other, actor=actor)
    undo_merge(one, actor=actor)
    assert everything() == before
    with pytest.raises(CannotUndoMerge):
        undo_merge(one, actor=actor)


def test_of_two_merges_into_one_row_the_later_is_undone_first(actor):
    kept = CompanyFactory(name="Holz Möller GmbH", industry="")
    one = CompanyFactory(name="Holz Moeller", industry="Holzbau")
    two = CompanyFactory(name="Möller Holzbau", industry="Zimmerei")
    number = "+49301234567"
    for row in (one, two):
        ChannelFactory(company=row, value=number)
    before = everything()
    first = merged(kept, one, actor)
    second = merged(kept, two, actor, {"industry": "taken"})

    with pytest.raises(CannotUndoMerge, match=two.name):
        undo_merge(first, actor=actor)

    kept.refresh_from_db()
    assert kept.industry == "Zimmerei"
    undo_merge(second, actor=actor)
    undo_merge(first, actor=actor)
    assert everything() == before


def test_what_cannot_be_merged_is_refused(firms, actor):
    kept, gone = firms
    with pytest.raises(CannotMerge):
        merged(kept, kept, actor)
    with pytest.raises(ContactEditedMeanwhile):
        merge(kept, gone, seen_versions=(kept.version, gone.version + 1), actor=actor)
    restricted = PersonFactory(restricted_at=timezone.now())
    with pytest.raises(CannotMerge):
        merged(PersonFactory(), restricted, actor)
    merged(kept, gone, actor)
    with pytest.raises(ContactMergedMeanwhile):
        merged(CompanyFactory(), gone, actor)
    with pytest.raises(ContactMergedMeanwhile):
        edit_company(gone, CompanyFacts("Anders"), seen_version=gone.version, actor=actor)


def test_what_comes_to_a_merged_row_later_is_brought_to_the_survivor(firms, actor):
    kept, gone = firms
    record = merged(kept, gone, actor)
    strayed = ActivityFactory(company=gone)

    assert gather_stragglers() == 1

    strayed.refresh_from_db()
    assert strayed.company == kept
    assert gather_stragglers() == 0
    undo_merge(record, actor=actor)
    strayed.refresh_from_db()
    assert strayed.company == kept


def test_every_foreign_key_at_companies_and_persons_is_known():
    labels = {link.label for kind in (Company, Person) for link in links_to(kind)}

    assert {"pipeline.deal.company", "activities.activity.person", "contacts.employment.person"} <= labels
    assert not any("event" in label.rpartition(".")[0] for label in labels)
