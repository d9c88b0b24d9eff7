"""The line of value and owner: a step per change, as high as the values are; none where nothing changed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from pipeline.actions import edit_deal, facts_of
from pipeline.models import Deal
from pipeline.value_line import value_line
from tests.conftest import log_in
from tests.factories import DealFactory

pytestmark = pytest.mark.django_db


def changed(deal: Deal, **facts: object) -> Deal:
    return edit_deal(deal, replace(facts_of(deal), **facts), seen_version=deal.version, actor=deal.owner)


def line_of(deal: Deal):
    return value_line(list(deal.changes.select_related("owner").order_by("seq")), timezone.now())


def test_a_deal_that_never_changed_has_no_line(people):
    deal = changed(DealFactory(owner=people.owner), expected_close_on=timezone.localdate())

    assert line_of(deal) is None


def test_every_change_of_value_or_owner_is_a_span(people):
    deal = DealFactory(owner=people.owner, value=Decimal(100), at=timezone.now() - timedelta(days=10))
    deal = changed(deal, value=Decimal(50))
    deal = changed(deal, owner=people.colleague)

    line = line_of(deal)

    assert [(span.value, span.owner) for span in line.spans] == [
        (100, str(people.owner)),
        (50, str(people.owner)),
        (50, str(people.colleague)),
    ]
    assert all(before.until == after.since for before, after in zip(line.spans, line.spans[1:], strict=False))
    assert len(line.owner_changes) == 1
    # 100 is at the top (3 units from the edge), 50 half way down to the bottom.
    assert line.path.startswith("M3.0,3.0H")
    assert "V22.0H" in line.path


def test_the_page_shows_it(client, people):
    deal = changed(DealFactory(owner=people.owner, value=Decimal(100)), value=Decimal("250.50"))
    log_in(client, people, "owner")

    page = client.get(reverse("pipeline:deal_detail", args=[deal.pk])).content.decode()

    assert "Wert und Zuständige im Verlauf" in page
    assert "250,50" in page
