"""Companies of a list become outbound leads, each once while one is open."""

import pytest
from django.urls import reverse

from contacts.models import Channel
from core import jobs
from core.models import Job
from intake.views import prospecting
from leads.models import Lead
from tests.factories import ChannelFactory, CompanyFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_companies_of_the_list_become_outbound_leads_once(client, people):
    client.force_login(people.owner, backend="django.contrib.auth.backends.ModelBackend")
    source = SourceFactory()
    ways = [ChannelFactory(kind=Channel.Kind.PHONE, value=f"+49301234{number}") for number in range(2)]
    companies = [way.company for way in ways]
    rows = ",".join(str(company.pk) for company in companies)
    sent = {"rows": rows, "source": source.pk, "owner": people.colleague.pk}

    for _click in range(2):
        assert client.post(reverse("intake:companies_prospect"), sent).status_code == 302

    leads = list(Lead.objects.order_by("company"))
    assert [lead.company for lead in leads] == companies
    assert {lead.direction for lead in leads} == {"outbound"}
    assert {(lead.owner, lead.source) for lead in leads} == {(people.colleague, source)}
    assert [lead.phone for lead in leads] == [way.value for way in ways]
    assert leads[0].touches.get().direction == "outbound"


def test_a_company_with_an_open_lead_is_left_out(client, people):
    client.force_login(people.owner, backend="django.contrib.auth.backends.ModelBackend")
    company = CompanyFactory()
    client.post(reverse("intake:companies_prospect"), {"rows": company.pk, "owner": people.owner.pk})

    answer = client.post(reverse("intake:companies_prospect"), {"rows": company.pk}, follow=True)

    assert "offenen Lead" in answer.content.decode()
    assert Lead.objects.count() == 1


def test_many_companies_become_leads_in_the_background(client, people, monkeypatch):
    monkeypatch.setattr(prospecting, "MOST_CHOSEN", 2)
    client.force_login(people.owner, backend="django.contrib.auth.backends.ModelBackend")
    companies = CompanyFactory.create_batch(3)
    source = SourceFactory()
    sent = {"whole": "on", "query": "", "source": source.pk, "owner": people.colleague.pk}
    asked = client.get(reverse("intake:companies_prospect"), {"whole": "on", "query": ""}).context["choice"]

    answer = client.post(reverse("intake:companies_prospect"), {**sent, "rows": asked.frozen})
    job = Job.objects.get(kind="leads.prospect")
    jobs.run(job.pk)
    # A worker that died is followed by another one.
    Job.objects.update(state=Job.State.WAITING, finished_at=None)
    jobs.run(job.pk)

    assert answer.url == reverse("intake:prospecting_report", args=[job.pk])
    leads = Lead.objects.all()
    assert {lead.company for lead in leads} == set(companies)
    assert {(lead.owner, lead.source, lead.direction) for lead in leads} == {
        (people.colleague, source, "outbound")
    }
    assert "3 Firmen" in client.get(answer.url).content.decode()
