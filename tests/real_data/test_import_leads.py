"""The leads of a real course provider come in with the figures that are known of them."""

import json
from collections import defaultdict
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count, Q

from imports import actions
from leads.models import Lead, LeadState, Touch
from tests.imports.bringing import brought, counts, done

pytestmark = pytest.mark.django_db
CONVERTED = Count("pk", filter=Q(state=LeadState.CONVERTED))
COUNTS = {"total": Count("pk"), "converted": CONVERTED}


@pytest.fixture
def xeducation(shared_data) -> Path:
    return shared_data("xeducation_leads")


def test_the_leads_have_their_sources_conversions_and_wishes(xeducation, people):
    figures = json.loads((xeducation / "figures.json").read_text(encoding="utf-8"))
    run = brought(people.manager, ("Leads.csv", (xeducation / "Leads.csv").read_bytes()))
    assert run.files.get().table == "leads"

    run = done(actions.run(run, actor=people.manager))

    assert counts(run) == {"created": figures["rows"]}
    assert Lead.objects.filter(state=LeadState.CONVERTED).count() == figures["converted"]
    by_source = {
        name: (leads, converted)
        for name, leads, converted in Lead.objects.values_list("source__name").annotate(**COUNTS)
    }
    google = figures["by_lead_source_case_insensitive_google"]
    assert by_source["Google"] == (google["leads"], google["converted"])
    missing = figures["by_lead_source"]["nan"]
    assert by_source[None] == (missing["leads"], missing["converted"])
    converted = Count("pk", filter=Q(lead__state=LeadState.CONVERTED))
    told = Touch.objects.exclude(lead__source=None).values_list("details__source")
    told = told.annotate(total=Count("pk"), converted=converted)
    as_written = {name: counted for name, *counted in told}
    assert as_written == {
        name: [said["leads"], said["converted"]]
        for name, said in figures["by_lead_source"].items()
        if name != "nan"
    }
    assert _reported() == _by_folded_source(figures)
    assert Touch.objects.filter(details__no_mail="yes").count() == figures["do_not_email_yes"]
    assert Touch.objects.filter(details__no_call="yes").count() == figures["do_not_call_yes"]
    assert not Lead.objects.filter(city__iexact="select").exists()

    done(actions.undo(run, actor=people.manager))

    assert not Lead.objects.current().exists()


def _reported() -> dict[str, list[int]]:
    """Leads and conversions by source, as the report prints them."""
    printed = StringIO()
    call_command("lead_report", by="source", format="json", starts_on="2000-01-01", stdout=printed)
    lines = json.loads(printed.getvalue())
    return {line["name"].casefold(): [line["leads"], line["converted"]] for line in lines}


def _by_folded_source(figures: dict) -> dict[str, list[int]]:
    """The figures with spellings of one source together: google is Google; nobody's source has no name."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, said in figures["by_lead_source"].items():
        key = "" if name == "nan" else name.casefold()
        sums[key][0] += said["leads"]
        sums[key][1] += said["converted"]
    return dict(sums)
