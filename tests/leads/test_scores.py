"""Leads are scored by rules: with reasons that add up, fading, computed anew and never counted up."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Delivery
from leads.actions import TouchFacts, add_score_rule, add_touch, edit_score_rule, score_leads
from leads.errors import RuleChangedMeanwhile
from leads.models import Lead, ScoreRule, TouchChannel
from leads.score_rows import preview_rule
from leads.tasks import score_of_event
from tests.conftest import log_in
from tests.factories import LeadFactory

pytestmark = pytest.mark.django_db
FIT, INTEREST = ScoreRule.Part.FIT, ScoreRule.Part.INTEREST


@pytest.fixture(autouse=True)
def _no_ready_made_rules():
    ScoreRule.objects.all().delete()


def rule(points: int, part: str = FIT, **asked: object) -> ScoreRule:
    return ScoreRule.objects.create(label_de="Regel", part=part, points=points, **asked)


def scored(lead: Lead, **options: object) -> Lead:
    score_leads(Lead.objects.filter(pk=lead.pk), **options)
    lead.refresh_from_db()
    return lead


def test_a_score_is_the_sum_of_its_reasons_in_two_parts():
    decides, told = rule(15, job="leitung, inhaber"), rule(10, known="phone")
    rule(99, industry="Bank")
    asked = rule(20, INTEREST, channel="web_form")

    lead = scored(LeadFactory(position="Einkaufsleitung", phone="+4930123", industry="Handwerk"))

    assert (lead.fit, lead.keenness, lead.score) == (25, 20, 45)
    given = {each["rule"]: each["points"] for each in lead.score_reasons}
    assert given == {decides.pk: 15, told.pk: 10, asked.pk: 20}


def test_points_fade_by_half_in_each_half_life_and_only_the_latest_touches_count():
    rule(20, INTEREST, channel="phone", half_life_days=10, most_times=2)
    now = timezone.now()
    lead = LeadFactory()
    for days in (30, 20, 10):
        touch = TouchFacts(channel=TouchChannel.PHONE, at=now - timedelta(days=days))
        add_touch(touch, actor=None, lead=lead)

    # 20 * (1/2 + 1/4), then once more half of it.
    assert scored(lead, now=now).keenness == 15
    assert scored(lead, now=now + timedelta(days=10)).keenness == 8


def test_computing_twice_changes_nothing_and_leaves_no_trace_in_the_audit():
    rule(10, known="email")
    lead = scored(LeadFactory())
    past = lead.events.count()

    assert score_leads() == 0
    rule(5, known="email")
    assert score_leads() == 1
    assert lead.events.count() == past


def test_a_closed_lead_keeps_what_it_had(people):
    lead = scored(LeadFactory(owner=people.owner))
    Lead.objects.filter(pk=lead.pk).update(state="converted")
    rule(10, known="email")

    assert scored(lead).score == 0


@pytest.mark.parametrize(
    ("email", "known", "points"),
    [
        ("a@firma.example", "work_email", 10),
        ("a@gmx.de", "work_email", 0),
        ("a@GMX.de", "free_email", 10),
        ("", "free_email", 0),
    ],
)
def test_an_address_of_ones_own_company_is_told_from_a_free_one(email, known, points):
    rule(10, known=known)

    assert scored(LeadFactory(email=email)).score == points


def test_a_touch_scores_its_lead_anew():
    rule(20, INTEREST, channel="phone")
    lead = LeadFactory()
    add_touch(TouchFacts(channel=TouchChannel.PHONE), actor=None, lead=lead)

    delivery = Delivery.objects.get(task="leads.tasks.score_of_event", event__kind="lead.touched")
    score_of_event(delivery.pk)

    lead.refresh_from_db()
    assert lead.score == 20


def test_a_rule_tells_before_it_is_saved_what_it_would_do(people):
    with_phone, _without = LeadFactory(phone="+4930123"), LeadFactory()

    found = preview_rule(ScoreRule(label_de="Telefon", points=5, known="phone"))

    assert (found.looked_at, found.changed, found.is_all) == (2, 1, True)
    assert found.examples == [(with_phone, 5)]
    assert not ScoreRule.objects.exists()


def test_who_was_overtaken_with_a_rule_is_told(people):
    kept = add_score_rule(ScoreRule(label_de="Telefon", points=5), actor=people.admin)
    edit_score_rule(kept, seen_version=1, actor=people.admin)

    with pytest.raises(RuleChangedMeanwhile):
        edit_score_rule(kept, seen_version=1, actor=people.admin)


def test_an_admin_previews_and_saves_a_rule(client, people):
    LeadFactory(phone="+4930123")
    log_in(client, people, "admin")
    said = {"label_de": "Telefon", "part": "fit", "points": "7", "known": "phone"}
    said |= {"most_times": "1", "is_active": "on", "version": "1"}

    shown = client.post(
        reverse("leads:score_rule_add"), {**said, "preview": "1"}, headers={"HX-Request": "true"}
    )
    saved = client.post(reverse("leads:score_rule_add"), said)

    assert shown.context["preview"].changed == 1
    assert saved.status_code == 302
    assert ScoreRule.objects.get().points == 7


def test_the_page_of_a_lead_tells_the_reasons_and_the_list_sorts_by_score(client, people):
    rule(10, known="phone")
    low, high = LeadFactory(owner=people.owner), LeadFactory(owner=people.owner, phone="+4930123")
    score_leads()
    log_in(client, people, "owner")

    page = client.get(reverse("leads:lead_detail", args=[high.pk])).content.decode()
    listed = client.get(reverse("leads:lead_list"), {"sort": "-score"}).context["page"].rows
    above = client.get(reverse("leads:lead_list"), {"score": "5"}).context["page"].rows

    assert "Regel" in page
    assert "+10" in page
    assert [row.pk for row in listed] == [high.pk, low.pk]
    assert [row.pk for row in above] == [high.pk]


@pytest.mark.parametrize("asked", ["NaN", "1e999999", str(2**40), "-5e-9", "%" * 5000])
def test_hostile_scores_ask_nothing(client, people, asked):
    log_in(client, people, "owner")

    assert client.get(reverse("leads:lead_list"), {"score": asked}).status_code == 200
