"""Each night is learned from decided leads, and open ones get a chance with reasons; with too few, none."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leads.actions import LeadFacts, LeadLinks, edit_lead, learn_chances, state_chance
from leads.chances import as_they_came, restored, words_of
from leads.models import ChanceModel, DisqualifyReason, Lead, LeadChance, LeadState
from tests.conftest import log_in
from tests.factories import DealFactory, LeadFactory, won

pytestmark = pytest.mark.django_db
CASES = 300


@pytest.fixture
def _decided(people) -> None:
    """Decided leads of 300 days: of those that left a number a third was won, of the others one of 30."""
    reason, now = DisqualifyReason.objects.get(code="no_need"), timezone.now()
    leads = []
    for number in range(CASES):
        phone = "+4930123" if number % 2 == 0 else ""
        is_won = number % 6 == 0 if phone else number % 30 == 1
        closed = {} if is_won else {"disqualify_reason": reason}
        at = now - timedelta(days=CASES - number)
        state = LeadState.CONVERTED if is_won else LeadState.DISQUALIFIED
        moments = {"state_since": at, "received_at": at, "touched_at": at}
        leads.append(
            Lead(last_name="L", phone=phone, state=state, team=people.owner.team, **moments, **closed)
        )
    Lead.objects.bulk_create(leads)
    for lead in leads:
        if lead.state == LeadState.CONVERTED:
            deal = won(DealFactory(owner=people.owner))
            type(deal).objects.filter(pk=deal.pk).update(lead=lead)


@pytest.mark.usefixtures("_decided")
def test_a_night_learns_and_states_the_chances_of_open_leads_with_reasons(client, people):
    with_phone, without = LeadFactory(owner=people.owner, phone="+49301"), LeadFactory(owner=people.owner)

    row = learn_chances()

    likely, unlikely = with_phone.learned, without.learned
    assert (row.cases, row.won, row.is_on) == (CASES, 60, True)
    assert likely.chance > 2 * unlikely.chance
    assert "has phone" in [word for word, weight in likely.reasons if weight > 0]
    assert not LeadChance.objects.exclude(lead__in=[with_phone, without]).exists()
    quality = restored(row).quality
    assert quality.cases == CASES // 5
    assert quality.auc > 0.6

    log_in(client, people, "owner")
    page = client.get(reverse("leads:chances")).content.decode()
    assert "<svg" in page
    assert page.count('class="range"') == len(quality.bands)


@pytest.mark.usefixtures("_decided")
def test_who_comes_after_the_night_gets_a_chance_by_what_was_learned_then(people):
    learn_chances()
    late = LeadFactory(phone="+49301")

    state_chance(late)
    state_chance(late)

    assert LeadChance.objects.filter(lead=late).count() == 1


@pytest.mark.usefixtures("_decided")
def test_with_too_few_cases_no_lead_has_a_chance_any_more(client, people):
    lead = LeadFactory(owner=people.owner)
    learn_chances()
    Lead.objects.filter(state=LeadState.DISQUALIFIED).update(voided_at=timezone.now())

    row = learn_chances()

    assert (row.is_on, LeadChance.objects.count()) == (False, 0)
    state_chance(lead)
    assert not LeadChance.objects.exists()
    log_in(client, people, "owner")
    assert "300" in client.get(reverse("leads:chances")).content.decode()


def test_what_was_corrected_later_was_not_known_when_it_came(people):
    lead = LeadFactory(owner=people.owner, industry="Handwerk")
    facts = LeadFacts(**{name: getattr(lead, name) for name in asdict(LeadFacts())} | {"industry": "Bank"})
    edit_lead(lead, facts, LeadLinks(), seen_version=lead.version, actor=people.owner)
    lead.refresh_from_db()

    assert "industry: bank" in words_of(lead)
    assert "industry: handwerk" in words_of(as_they_came([lead])[0])


def test_old_nights_go():
    now = timezone.now()
    ChanceModel.objects.bulk_create(ChanceModel(learned_at=now, cases=0, won=0) for _night in range(70))

    learn_chances()

    assert ChanceModel.objects.count() == 60
