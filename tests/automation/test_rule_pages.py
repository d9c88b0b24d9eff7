"""The pages of rules: building one, what it says, what it would do; what deals and "Today" show of it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from automation.models import Notice, Rule, RuleHit
from tests.conftest import log_in
from tests.factories import DealFactory

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "Angebote nachfassen",
    "trigger": "offer_sent",
    "days": "0",
    "per_day": "50",
    "value_from": "1.000,50",
    "deeds-TOTAL_FORMS": "2",
    "deeds-INITIAL_FORMS": "0",
    "deeds-0-kind": "follow_up",
    "deeds-0-text": "Nachfassen",
    "deeds-0-days": "7",
    "deeds-0-step_kind": "call",
}


def hits(people, count: int) -> Rule:
    rule = Rule.objects.create(name=f"Regel {Rule.objects.count()}", trigger="no_next_step", is_active=True)
    rule.deeds.create(kind="notify_owner", text="Nichts geplant")
    for number in range(count):
        deal = DealFactory(owner=people.owner)
        hit = RuleHit.objects.create(rule=rule, deal=deal, occasion=f"after-{number}", due_at=timezone.now())
        Notice.objects.create(hit=hit, user=people.owner, text="Nichts geplant")
    return rule


def test_an_admin_builds_a_rule_and_reads_what_it_says(client, people):
    log_in(client, people, "admin")

    answer = client.post(reverse("automation:rule_add"), GIVEN, follow=True)

    rule = Rule.objects.get()
    assert (rule.is_active, rule.conditions) == (False, {"value_from": "1000.50"})
    assert [(deed.kind, deed.days) for deed in rule.deeds.all()] == [("follow_up", 7)]
    assert "1.000,50" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"deeds-0-kind": ""}, "Bitte sagen Sie, was geschehen soll."),
        ({"deeds-0-kind": "assign"}, "Bitte wählen Sie, an wen."),
        ({"deeds-0-kind": "assign", "trigger": "customer_silent"}, "Bitte wählen Sie, an wen."),
        ({"deeds-0-kind": "set_close", "trigger": "customer_silent"}, "Das geht nur bei einer"),
        ({"value_from": "viel"}, "Nachfassen"),
        ({"days": "99999999999"}, "Nachfassen"),
        ({"trigger": "DROP TABLE"}, "Nachfassen"),
        ({"deeds-TOTAL_FORMS": "1" * 40}, "Angebote nachfassen"),
    ],
)
def test_what_makes_no_rule_is_said_and_kept(client, people, wrong, said):
    log_in(client, people, "admin")

    answer = client.post(reverse("automation:rule_add"), {**GIVEN, **wrong})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Rule.objects.exists()


def test_who_saves_second_is_told(client, people):
    log_in(client, people, "admin")
    rule = hits(people, 0)
    url = reverse("automation:rule_edit", args=[rule.pk])
    client.post(url, {**GIVEN, "version": "1"})

    answer = client.post(url, {**GIVEN, "name": "Zweiter", "version": "1"})

    assert answer.status_code == 409
    rule.refresh_from_db()
    assert rule.name == "Angebote nachfassen"


def test_pages_of_rules_ask_no_more_for_many(client, people, count_queries):
    log_in(client, people, "owner")
    rule = hits(people, 2)
    deal = rule.hits.first().deal
    urls = [
        reverse("automation:rule_list"),
        reverse("automation:rule_detail", args=[rule.pk]),
        reverse("automation:notices"),
        reverse("automation:deal_panel", args=[deal.pk]),
    ]

    def counts() -> list[int]:
        numbers = []
        for url in urls:
            with count_queries() as counted:
                assert client.get(url).status_code == 200
            numbers.append(len(counted))
        return numbers

    few = counts()
    for number in range(18):
        fresh = DealFactory(owner=people.owner)
        hit = RuleHit.objects.create(rule=rule, deal=fresh, occasion=f"x-{number}", due_at=timezone.now())
        RuleHit.objects.create(rule=rule, deal=deal, occasion=f"y-{number}", due_at=timezone.now())
        Notice.objects.create(hit=hit, user=people.owner, text="Nichts geplant")
        Rule.objects.create(name=f"Mehr {number}", trigger="offer_sent", is_active=True)

    assert counts() == few
