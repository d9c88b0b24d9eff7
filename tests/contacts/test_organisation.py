"""Who reports to whom: no circles, and the chart that the page of a company draws."""

from itertools import pairwise

import pytest
from django.urls import reverse

from contacts.actions import report_to
from contacts.errors import ReportsInCircle
from contacts.models import Employment
from contacts.organisation import MOST_LEVELS, Place, chart_of
from tests.conftest import log_in
from tests.factories import CompanyFactory, EmploymentFactory, UserFactory

pytestmark = pytest.mark.django_db


def drawn(places: list[Place]) -> list[object]:
    return [(place.employment.position, drawn(place.reports)) for place in places]


def chart(company) -> list[Place]:
    return chart_of(company.employments.select_related("person"))


@pytest.fixture
def chain() -> list[Employment]:
    company = CompanyFactory()
    return [EmploymentFactory(company=company, position=str(number)) for number in range(8)]


def test_nobody_is_their_own_superior_not_even_through_others(chain):
    actor = UserFactory()
    report_to(chain[1], chain[0], actor=actor)
    report_to(chain[2], chain[1], actor=actor)

    for superior in (chain[0], chain[1], chain[2]):
        with pytest.raises(ReportsInCircle):
            report_to(chain[0], superior, actor=actor)
    assert drawn(chart(chain[0].company))[0] == ("0", [("1", [("2", [])])])


def test_who_decides_stands_first_and_deep_levels_stay_readable(chain):
    Employment.objects.filter(pk=chain[7].pk).update(role="decision_maker")
    for above, below in pairwise(chain[:7]):
        report_to(below, above, actor=UserFactory())

    places = chart(chain[0].company)

    assert [place.employment.position for place in places] == ["7", "0"]
    assert places[0].decides
    depth, level = 0, places
    while level:
        depth, level = depth + 1, [one for place in level for one in place.reports]
    assert depth == MOST_LEVELS


def test_a_circle_in_old_data_loses_nobody(chain):
    Employment.objects.filter(pk=chain[0].pk).update(reports_to=chain[1])
    Employment.objects.filter(pk=chain[1].pk).update(reports_to=chain[0])

    assert len(chart(chain[0].company)) == 8


def test_the_superior_is_chosen_among_colleagues_who_are_not_below(client, people, chain):
    log_in(client, people, "owner")
    report_to(chain[1], chain[0], actor=people.owner)
    url = reverse("contacts:employment_edit", args=[chain[0].pk])
    stranger = EmploymentFactory()

    offered = list(client.get(url).context["form"].fields["reports_to"].queryset)
    refused = [
        client.post(url, {"version": 1, "reports_to": one.pk}).status_code for one in (chain[1], stranger)
    ]
    saved = client.post(url, {"version": 1, "position": "Chef", "reports_to": chain[2].pk})

    assert set(offered) == set(chain[2:])
    assert refused == [422, 422]
    assert saved.status_code == 302
    chain[0].refresh_from_db()
    assert (chain[0].position, chain[0].reports_to) == ("Chef", chain[2])


def test_the_page_of_a_company_asks_no_more_for_more_people(client, people, count_queries):
    log_in(client, people, "owner")
    company, counted = CompanyFactory(), []
    for many in (2, 18):
        for _index in range(many):
            EmploymentFactory(company=company)
        client.get(company.get_absolute_url())
        with count_queries() as queries:
            client.get(company.get_absolute_url())
        counted.append(len(queries))

    assert counted[0] == counted[1]
