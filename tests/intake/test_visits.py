"""Visits of a web site: kept under a random id, joined once somebody says who they are, forgotten."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.actions import (
    Given,
    Seen,
    forget_visits,
    identify_visitor,
    join_later_visits,
    process_submission,
    receive_submission,
    see_page,
)
from intake.actions.visits import MOST_VIEWS
from intake.models import PageView, Submission, Visitor, WebSite
from intake.views.visits import SCRIPT
from leads.actions import link_lead
from leads.models import Campaign, Touch
from privacy.actions import erase_person
from privacy.dossier import read_dossier
from privacy.holdings import read_holdings
from tests.factories import PersonFactory, SourceFactory, UserFactory
from tests.intake.forms import SITE, build_form
from tests.privacy.world import everything, places_of

pytestmark = pytest.mark.django_db
MARK = "Qanarivogel"


@pytest.fixture
def site() -> WebSite:
    return WebSite.objects.create(name="Haus", hosts=[SITE], source=SourceFactory(), is_active=True)


def ask(visitor: UUID, once: str = "1") -> Submission:
    """An inquiry with the id of a visitor, not processed yet."""
    answers = [{"name": "last_name", "kind": "last_name", "label": "Name", "value": "Neu"}]
    return receive_submission(build_form(name=once), Given(once=once, answers=answers, visitor=visitor))[0]


def send(client, site: WebSite, said: object, **headers: str):
    said = said if isinstance(said, str) else json.dumps(said)
    url = reverse("intake:visit_view", args=[site.address])
    return client.post(url, said, content_type="text/plain", headers={"Origin": f"https://{SITE}", **headers})


def test_the_script_is_small_and_there_only_while_the_site_takes_visits(client, site):
    url = reverse("intake:visit_script", args=[site.address])
    served = client.get(url)
    WebSite.objects.update(is_active=False)

    assert len(served.content) == SCRIPT.stat().st_size < 3000
    assert not served.cookies
    assert "cookie" not in served.content.decode().replace("Visits", "")
    assert client.get(url).status_code == 404
    assert WebSite(name="Neu").is_active is False


def test_a_page_view_is_kept_without_parameters_and_paths_of_others(client, site):
    said = {"visitor": str(uuid4()), "page": f"/preise/?mail={MARK}", "title": "Preise"}
    said |= {"referrer": f"https://suche.example/?q={MARK}", "utm_campaign": "messe", "other": "x"}

    answer = send(client, site, said)

    view = PageView.objects.get()
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, f"https://{SITE}")
    assert (view.page, view.referrer, view.utm) == ("/preise/", "suche.example", {"utm_campaign": "messe"})
    assert places_of(MARK) == set()


@pytest.mark.parametrize(
    ("said", "headers", "status"),
    [
        ({"visitor": str(uuid4()), "page": "/"}, {"Origin": "https://fremd.example"}, 403),
        ({"visitor": str(uuid4()), "page": "/"}, {"DNT": "1"}, 204),
        ({"visitor": str(uuid4()), "page": "/"}, {"Sec-GPC": "1"}, 204),
        ({"visitor": "x", "page": "/"}, {}, 422),
        ({"visitor": str(uuid4()), "page": ["/"] * 9}, {}, 422),
        ({"visitor": str(uuid4()), "page": "/", "title": "x" * 3000}, {}, 422),
        ({"visitor": str(uuid4()), "page": "/" * 9000}, {}, 413),
        ("[1]", {}, 400),
        ("{" * 5000, {}, 400),
    ],
)
def test_what_is_foreign_objected_to_or_malformed_is_not_kept(client, site, said, headers, status):
    assert send(client, site, said, **headers).status_code == status
    assert not PageView.objects.exists()


def test_too_much_from_one_address_is_refused(client, site, settings):
    settings.INTAKE_MOST_VIEWS_PER_ADDRESS = 2
    answers = [send(client, site, {"visitor": str(uuid4()), "page": "/"}) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [204, 204, 429]


def test_one_visitor_leaves_so_many_views_at_most(site):
    visitor = uuid4()
    see_page(site, visitor, Seen(page="/"))
    PageView.objects.bulk_create(PageView(visitor_id=visitor, page="/") for _time in range(MOST_VIEWS))

    assert see_page(site, visitor, Seen(page="/mehr/")) is None


def test_visits_stand_on_the_timeline_once_somebody_says_who_they_are(site):
    visitor, now = uuid4(), timezone.now()
    campaign = Campaign.objects.create(name="Messe", code="messe")
    utm = {"utm_campaign": "Messe", "utm_medium": "cpc"}
    see_page(site, visitor, Seen(page="/", title="Start", utm=utm), at=now - timedelta(days=3))
    see_page(site, visitor, Seen(page="/preise/"), at=now - timedelta(days=3) + timedelta(minutes=5))
    see_page(site, visitor, Seen(page="/kontakt/"), at=now - timedelta(minutes=2))
    submission = process_submission(ask(visitor))

    assert identify_visitor(submission) == 2
    assert identify_visitor(submission) == 0

    first, second, inquiry = Touch.objects.of_lead(submission.lead)
    assert [first.channel, second.channel, inquiry.channel] == ["web_visit", "web_visit", "web_form"]
    assert (first.direction, first.source, first.campaign, first.medium) == (
        "inbound",
        site.source,
        campaign,
        "cpc",
    )
    assert first.content == "Start (/)\n/preise/"
    assert first.details["page"] == "/ /preise/"
    assert not PageView.objects.exists()


def test_what_is_looked_at_later_follows_when_the_visit_is_over(site):
    visitor, now = uuid4(), timezone.now()
    see_page(site, visitor, Seen(page="/"), at=now - timedelta(hours=2))
    submission = process_submission(ask(visitor))
    identify_visitor(submission)
    see_page(site, visitor, Seen(page="/agb/"), at=now - timedelta(minutes=1))

    assert join_later_visits() == 0
    Visitor.objects.update(last_at=now - timedelta(hours=1))
    assert join_later_visits() == 1
    assert Touch.objects.filter(lead=submission.lead, channel="web_visit").count() == 2


def test_strangers_stay_strangers_and_are_forgotten(site):
    now = timezone.now()
    old, new = uuid4(), uuid4()
    see_page(site, old, Seen(page="/"), at=now - timedelta(days=91))
    see_page(site, new, Seen(page="/"), at=now - timedelta(days=91))
    see_page(site, new, Seen(page="/"), at=now - timedelta(days=1))

    assert forget_visits() == 1
    assert list(Visitor.objects.values_list("pk", flat=True)) == [new]
    assert PageView.objects.count() == 1


def test_visits_are_in_the_report_of_a_person_and_go_with_them(site):
    visitor = uuid4()
    see_page(site, visitor, Seen(page=f"/{MARK}/"))
    submission = process_submission(ask(visitor))
    identify_visitor(submission)
    see_page(site, visitor, Seen(page=f"/{MARK}/nochmals/"))
    person, admin = PersonFactory(), UserFactory(role="admin")
    link_lead(submission.lead, person=person, company=None, actor=admin)

    assert f"/{MARK}/nochmals/" in everything(read_dossier(read_holdings(person)).as_json())
    erase_person(person, actor=admin)

    assert {place for place in places_of(MARK) if "intake_" in place or "touch" in place} == set()
    assert not Visitor.objects.exists()
    see_page(site, visitor, Seen(page="/"), at=timezone.now() - timedelta(hours=1))
    assert join_later_visits() == 0
