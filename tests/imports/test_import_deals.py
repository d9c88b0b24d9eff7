"""manage.py import_deals on small files: what is created, compared, rejected and reported."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory

from accounts.models import Team, User
from catalog.models import Product
from contacts.models import Company, Employment, Person
from core.models import Event
from imports.deals import LOCK
from leads.models import Source
from pipeline.actions import move_deal
from pipeline.models import Deal, DealChange, DealKind, Origin, Outcome, Stage, StageChange
from tests.factories import (
    CompanyFactory,
    DealFactory,
    EmploymentFactory,
    PersonFactory,
    ProductFactory,
    SourceFactory,
    TeamFactory,
    UserFactory,
    won,
)

pytestmark = pytest.mark.django_db

HEAD = "Nr;Titel;Kunde;Verkäufer;Phase;Beginn;Abschluss;Wert;Produkt;Quelle"
ROWS = """\
A-1;Dach;Kessler GmbH;Anna Berg;Angebot;01.03.2024;;1.500,00;Ziegel;Messe
A-2;Keller;Nord AG;Berg, Anna;gewonnen;01.02.2024;15.03.2024;2.000,50;Beton;Empfehlung
A-3;Garage;;Jo Tal;verloren;05.02.2024;20.03.2024;0;Ziegel;
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path):
    """Import a table of deals given as text, perhaps with one of stage changes; answer the summary."""

    def importing(rows: str, *options: str, head: str = HEAD, changes: str = "") -> dict:
        (folder / "deals.csv").write_text(f"{head}\n{rows}", encoding="utf-8")
        if changes:
            (folder / "changes.csv").write_text(changes, encoding="utf-8")
            options = ("--changes", "changes.csv", *options)
        return call("deals.csv", *options)

    return importing


def call(*options: str) -> dict:
    out = io.StringIO()
    call_command("import_deals", *options, stdout=out, stderr=io.StringIO())
    connection.check_constraints()
    return json.loads(out.getvalue())


def rejected(name: str) -> list[dict[str, str]]:
    with open(name, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def noon(day: str) -> datetime:
    """Noon of a winter day in Berlin."""
    return datetime.fromisoformat(f"{day}T11:00:00+00:00")


def steps(deal: Deal) -> list[tuple[datetime, Stage, Outcome]]:
    return list(deal.stage_changes.order_by("seq").values_list("at", "to_stage", "to_outcome"))


def counts() -> list[int]:
    models = (Deal, StageChange, DealChange, User, Team, Company, Person, Product, Source, Event)
    return [model.objects.count() for model in models]


def test_an_open_deal_comes_in_with_everything_the_row_says(run):
    summary = run(ROWS)

    deal = Deal.objects.get(external_id="A-1")
    assert (summary["read"], summary["created"], summary["rejected"]) == (3, 3, 0)
    assert (deal.title, deal.company.name, str(deal.owner)) == ("Dach", "Kessler GmbH", "Anna Berg")
    assert (deal.value, deal.currency, deal.kind) == (Decimal("1500.00"), "EUR", DealKind.NEW)
    assert (deal.product.name, deal.source.name) == ("Ziegel", "Messe")
    assert steps(deal) == [(noon("2024-03-01"), Stage.ANGEBOT, Outcome.OPEN)]
    assert deal.stage_changes.get().origin == Origin.IMPORT
    assert (deal.opened_at, deal.stage_since, deal.closed_at) == (
        noon("2024-03-01"),
        noon("2024-03-01"),
        None,
    )


def test_a_won_deal_passes_from_contact_through_closing_to_its_win(run):
    run(ROWS)

    deal = Deal.objects.get(external_id="A-2")
    assert steps(deal) == [
        (noon("2024-02-01"), Stage.KONTAKT, Outcome.OPEN),
        (noon("2024-03-15"), Stage.ABSCHLUSS, Outcome.OPEN),
        (noon("2024-03-15"), Stage.ABSCHLUSS, Outcome.WON),
    ]
    assert (deal.closed_at, deal.won_value, deal.is_new_customer) == (
        noon("2024-03-15"),
        Decimal("2000.50"),
        True,
    )


def test_a_lost_deal_of_unknown_stage_and_reason_is_lost_from_contact(run):
    run(ROWS)

    deal = Deal.objects.get(external_id="A-3")
    assert (deal.stage, deal.outcome, deal.loss_reason.code) == (Stage.KONTAKT, Outcome.LOST, "unknown")
    assert deal.company is None


def test_the_stage_in_which_closed_deals_began_can_be_named(run):
    run(ROWS, "--unknown-stage", "Akquise")

    assert Deal.objects.get(external_id="A-3").stage == Stage.AKQUISE


def test_the_stage_of_a_lost_deal_is_kept_where_the_file_has_it(run):
    run("1;Verhandlung;lost;1.2.2024;1.3.2024\n", head="Nr;Phase;Status;Beginn;Abschluss")

    deal = Deal.objects.get()
    assert steps(deal)[-1] == (noon("2024-03-01"), Stage.VERHANDLUNG, Outcome.LOST)


def test_importing_twice_doubles_nothing(run):
    run(ROWS)
    before = counts()

    again = run(ROWS)

    assert (again["created"], again["unchanged"], again["differing"], again["filled"]) == (0, 3, 0, 0)
    assert counts() == before


def test_a_trial_run_finds_out_the_same_and_writes_nothing(run):
    before = counts()

    trial = run(ROWS + "A-4;;;;Warteschleife;;;;;\n", "--dry-run")

    assert counts() == before
    real = run(ROWS + "A-4;;;;Warteschleife;;;;;\n")
    different = {key for key in real if real[key] != trial[key]}
    assert different <= {"dry_run", "seconds", "rejects_file"}


def test_bad_rows_are_written_to_a_file_with_line_and_reason_and_the_others_come_in(run):
    summary = run(
        ROWS + "A-5;Turm;;Anna Berg;Angebot;31.02.2024;;viel;;\n"
        ";ohne Nummer;;Anna Berg;Angebot;1.3.2024;;;;\n"
        "A-6;zu;kurz\n"
        "A-1;Dach;Kessler GmbH;Anna Berg;Angebot;1.3.2024;;;;\n"
        "A-7;;;;gewonnen;01.03.2024;;;;\n"
        "A-8;;;;verloren;01.03.2024;01.02.2024;;;\n"
        "A-9;;;;Angebot;01.03.2999;;;;\n"
        "A-10;;;;Angebot;01.03.2024;;-5;;\n"
    )

    rows = rejected(summary["rejects_file"])
    assert (summary["created"], summary["rejected"]) == (3, 8)
    assert [int(list(row.values())[-2]) for row in rows] == list(range(5, 13))
    reasons = [list(row.values())[-1] for row in rows]
    assert all(reasons)
    assert "31.02.2024" in reasons[0]
    assert "viel" in reasons[0]


def test_corrected_rejects_can_be_imported_as_they_are(run, folder):
    first = run("A-1;=1+1;;+49 Berg;Angebot;99.03.2024;;1.500,00;;\n")
    text = Path(first["rejects_file"]).read_text(encoding="utf-8-sig")

    (folder / "corrected.csv").write_text(text.replace("99.03", "09.03"), encoding="utf-8-sig")
    summary = call("corrected.csv")

    deal = Deal.objects.get()
    assert (summary["created"], summary["rejected"]) == (1, 0)
    assert (deal.title, str(deal.owner), deal.value) == ("=1+1", "+49 Berg", 1500)


def test_an_unknown_stage_is_listed_with_its_count_and_can_be_mapped(run):
    rows = "A-1;;;;Warteschleife;1.3.2024;;;;\nA-2;;;;Warteschleife;1.3.2024;;;;\n"

    summary = run(rows)

    assert summary["unmapped"] == {"stage": {"Warteschleife": 2}}
    assert (summary["created"], summary["rejected"]) == (0, 2)
    assert run(rows, "--values", "stage:warteschleife=Verhandlung")["created"] == 2
    assert set(Deal.objects.values_list("stage", flat=True)) == {Stage.VERHANDLUNG}


def test_an_outcome_without_stage_can_be_mapped_to_a_stage(run):
    rows = "1;offen;1.3.2024\n"

    assert run(rows, head="Nr;Status;Beginn")["rejected"] == 1
    assert run(rows, "--values", "outcome:offen=Kontakt", head="Nr;Status;Beginn")["created"] == 1


def test_a_column_can_be_named_by_the_user(run):
    run("7;Berg;Angebot\n", "--map", "Kürzel=external_id", "--map", "Wer=owner", head="Kürzel;Wer;Phase")

    assert (Deal.objects.get().external_id, str(Deal.objects.get().owner)) == ("7", "Berg")


@pytest.mark.parametrize(
    "options",
    [
        ["--map", "Phse=stage"],
        ["--map", "Phase=fase"],
        ["--values", "stage:Demo=Vorführung"],
        ["--values", "Demo=Kontakt"],
        ["--tz", "Mars/Olympus"],
        ["--tz", "../../etc/passwd"],
        ["--currency", "Taler?"],
        ["--unknown-stage", "Mond"],
        ["--encoding", "klingon"],
        ["--changes", "no-such-file.csv"],
    ],
)
def test_what_cannot_be_followed_is_refused_in_one_sentence(run, options):
    before = counts()

    with pytest.raises(CommandError):
        run(ROWS, *options)

    assert counts() == before


def test_a_table_without_id_or_stage_is_refused(run):
    with pytest.raises(CommandError, match="external_id"):
        run("Dach;Angebot\n", head="Titel;Phase")
    with pytest.raises(CommandError, match="stage"):
        run("1;Dach\n", head="Nr;Titel")


def test_nothing_to_read_is_refused(folder):
    with pytest.raises(CommandError):
        call()


def test_reps_are_found_by_address_or_name_in_either_order(run):
    anna = UserFactory(first_name="Anna", last_name="Berg", email="anna@trichter.example")

    run("1;ANNA@trichter.example;Angebot\n2;anna  berg;Angebot\n3;Berg, Anna;Angebot\n", head="Nr;Rep;Phase")

    assert set(Deal.objects.values_list("owner", flat=True)) == {anna.pk}


def test_reps_who_do_not_exist_become_inactive_users_who_cannot_log_in(run):
    run("1;Zoë Groß;Angebot\n2;zoë groß;Angebot\n3;max.muster@firma.example;Kontakt\n", head="Nr;Rep;Phase")

    zoe, max_muster = User.objects.filter(is_active=False).order_by("pk")
    assert (zoe.email, zoe.first_name, zoe.last_name) == ("zoe.gross@import.invalid", "Zoë", "Groß")
    assert (max_muster.email, str(max_muster)) == ("max.muster@import.invalid", "Max Muster")
    assert zoe.team == Team.objects.unassigned()
    assert not zoe.has_usable_password()
    request = RequestFactory().post("/")
    assert authenticate(request, username=zoe.email, password="") is None


def test_new_reps_join_the_team_that_a_column_names(run):
    north = TeamFactory(name="Nord")
    known = UserFactory(first_name="Anna", last_name="Berg")

    run("1;Jo Tal;nord;Angebot\n2;Uwe See;Süd;Angebot\n3;Anna Berg;Süd;Angebot\n", head="Nr;Rep;Team;Phase")

    assert User.objects.get(last_name="Tal").team == north
    assert User.objects.get(last_name="See").team.name == "Süd"
    known.refresh_from_db()
    assert known.team.name not in ("Nord", "Süd")
    assert StageChange.objects.get(owner__last_name="Tal").team == north


def test_a_name_that_two_active_users_share_has_to_be_mapped(run):
    for number in (1, 2):
        UserFactory(first_name="Anna", last_name="Berg", email=f"anna{number}@trichter.example")
    rows = "1;Anna Berg;Angebot\n"

    assert run(rows, head="Nr;Rep;Phase")["rejected"] == 1
    summary = run(rows, "--values", "owner:Anna Berg=anna2@trichter.example", head="Nr;Rep;Phase")

    assert summary["created"] == 1
    assert Deal.objects.get().owner.email == "anna2@trichter.example"


def test_a_deal_without_rep_belongs_to_a_user_for_such_deals(run):
    summary = run("1;Angebot\n2;Kontakt\n", head="Nr;Phase")

    assert summary["notes"]["without_owner"] == 2
    assert User.objects.get(email="not.assigned@import.invalid").deals.count() == 2


def test_a_company_is_found_by_name_or_by_its_name_without_legal_form(run):
    kessler = CompanyFactory(name="Kessler & Söhne GmbH")
    exact = CompanyFactory(name="Nord AG")
    CompanyFactory(name="Nord GmbH")

    summary = run(
        "1;kessler und soehne;Angebot\n2;NORD AG ;Angebot\n3;Nord KG;Angebot\n4;Kessler & Söhne KG;Angebot\n",
        head="Nr;Firma;Phase",
    )

    owners = dict(Deal.objects.values_list("external_id", "company__name"))
    assert owners == {"1": kessler.name, "2": exact.name, "3": "Nord KG", "4": "Kessler & Söhne KG"}
    assert summary["look_alikes"] == [
        {
            "field": "company",
            "theirs": "kessler und soehne",
            "ours": "Kessler & Söhne GmbH",
            "count": 1,
            "taken_for_ours": True,
        }
    ]


def test_two_spellings_in_one_file_stay_two_companies(run):
    run("1;Kessler;Angebot\n2;Kessler GmbH;Angebot\n3;KESSLER;Angebot\n", head="Nr;Firma;Phase")

    assert sorted(Company.objects.values_list("name", flat=True)) == ["Kessler", "Kessler GmbH"]


def test_a_person_is_found_in_the_company_of_the_deal(run):
    known = EmploymentFactory(
        person=PersonFactory(first_name="Eva", last_name="Licht"), company=CompanyFactory(name="Nord AG")
    )

    run(
        "1;Nord AG;Eva Licht;Angebot\n2;Süd AG;Licht, Eva;Angebot\n3;;Eva Licht;Angebot\n",
        head="Nr;Firma;Person;Phase",
    )

    people = dict(Deal.objects.values_list("external_id", "person"))
    assert people["1"] == known.person_id
    assert len(set(people.values())) == 3
    assert Employment.objects.filter(company__name="Süd AG", person=people["2"]).exists()
    assert Deal.objects.get(external_id="3").customer_name == "Eva Licht"


def test_a_won_deal_without_customer_name_gets_a_customer_of_its_own(run):
    summary = run("1;gewonnen;1.3.2024\n2;gewonnen;2.3.2024\n", head="Nr;Phase;Abschluss")

    assert summary["notes"]["won_without_customer_name"] == 2
    assert len(set(Deal.objects.values_list("company", flat=True))) == 2
    assert all(Deal.objects.values_list("is_new_customer", flat=True))


def test_products_and_sources_are_found_by_name_or_number_and_created_otherwise(run):
    brick = ProductFactory(name="Ziegel", number="Z-1")
    fair = SourceFactory(name="Messe")

    summary = run(
        "1;z-1;messe;Angebot\n2;ZIEGEL;;Angebot\n3;Beton;Anruf;Angebot\n", head="Nr;Produkt;Quelle;Phase"
    )

    deals = {deal.external_id: deal for deal in Deal.objects.select_related("product", "source")}
    assert (deals["1"].product, deals["2"].product, deals["1"].source) == (brick, brick, fair)
    assert (deals["3"].product.name, deals["3"].source.name) == ("Beton", "Anruf")
    assert summary["new"]["products"] == {"count": 1, "names": ["Beton"]}


def test_a_product_that_looks_like_one_of_ours_is_told_with_its_count_and_can_be_mapped(run):
    ours = ProductFactory(name="GTX Pro")
    rows = "1;GTXPro;Angebot\n2;GTXPro;Angebot\n"

    trial = run(rows, "--dry-run", head="Nr;Produkt;Phase")

    assert trial["look_alikes"] == [
        {"field": "product", "theirs": "GTXPro", "ours": "GTX Pro", "count": 2, "taken_for_ours": False}
    ]
    run(rows, "--values", "product:GTXPro=GTX Pro", head="Nr;Produkt;Phase")
    assert ours.deals.count() == 2


def test_a_loss_reason_is_found_by_its_label_or_kept_as_text(run):
    summary = run(
        "1;lost;1.3.2024;Preis\n2;lost;1.3.2024;Chef mag uns nicht\n3;lost;1.3.2024;competitor\n",
        head="Nr;Phase;Abschluss;Verlustgrund",
    )

    told = {deal.external_id: (deal.loss_reason.code, deal.loss_note) for deal in Deal.objects.all()}
    assert told == {"1": ("price", ""), "2": ("other", "Chef mag uns nicht"), "3": ("competitor", "")}
    assert summary["unmapped"] == {"loss_reason": {"Chef mag uns nicht": 1}}


def test_the_currency_comes_from_sign_column_header_or_option(run):
    run("1;5 €;;Angebot\n2;5;CHF;Angebot\n3;5;;Angebot\n", "--currency", "USD", head="Nr;Wert;Währung;Phase")
    run("4;5;Angebot\n", head="Nr;Wert (CHF);Phase")

    currencies = dict(Deal.objects.values_list("external_id", "currency"))
    assert currencies == {"1": "EUR", "2": "CHF", "3": "USD", "4": "CHF"}


def test_the_closing_date_of_an_open_deal_is_when_it_is_expected(run):
    run("1;Angebot;1.3.2024;24.12.2099\n2;Angebot;1.3.2024;\n", head="Nr;Phase;Beginn;Schlusstermin")

    expected = dict(Deal.objects.values_list("external_id", "expected_close_on"))
    assert expected == {"1": date(2099, 12, 24), "2": None}
    assert DealChange.objects.get(deal__external_id="1").expected_close_on == expected["1"]


def test_a_deal_without_moments_was_there_when_the_file_was_last_written_to(run):
    summary = run("1;Akquise;\n2;Angebot;5.2.2024\n3;Angebot;1.2.2024\n", head="Nr;Phase;Beginn")

    assert Deal.objects.get(external_id="1").opened_at == noon("2024-02-05")
    assert summary["notes"]["without_opening_moment"] == 1


def test_times_without_zone_are_meant_in_the_given_one(run):
    run(
        "1;Angebot;01.03.2024 12:00\n2;Angebot;2024-03-01T12:00Z\n",
        "--tz",
        "America/New_York",
        head="Nr;Phase;Beginn",
    )

    opened = dict(Deal.objects.values_list("external_id", "opened_at"))
    assert opened == {"1": datetime(2024, 3, 1, 17, tzinfo=UTC), "2": datetime(2024, 3, 1, 12, tzinfo=UTC)}


def test_dates_that_read_both_ways_are_reported_and_can_be_decided(run):
    rows, head = "1;Angebot;3/4/2024\n", "Nr;Phase;Beginn"

    trial = run(rows, "--dry-run", head=head)
    run(rows, "--dates", "mdy", head=head)

    assert trial["file"]["readings"]["opened_at"] == {
        "convention": "d/m/y",
        "certainty": "assumed",
        "ambiguous_values": 1,
    }
    assert Deal.objects.get().opened_at == noon("2024-03-04")


def test_a_column_of_dates_that_leaves_its_order_open_follows_the_others(run):
    run("1;lost;1/31/2024;3/4/2024\n", head="Nr;Phase;Beginn;Abschluss")

    assert Deal.objects.get().closed_at == noon("2024-03-04")


def test_one_event_tells_that_the_figures_are_to_be_computed_anew(run):
    run(ROWS)

    event = Event.objects.get(kind="deals.imported")
    assert event.payload == {"count": 3}
    assert set(event.deliveries.values_list("task", flat=True)) == {
        "reporting.tasks.rebuild_after_import",
        "reporting.tasks.forecast_after_import",
        "reporting.tasks.review_after_import",
        "pipeline.tasks.measure_after_import",
        "explorer.tasks.count_all_steps",
    }
    assert not Event.objects.filter(kind="deal.opened").exists()


def test_a_customer_is_new_once_by_the_moment_of_all_wins(run):
    nord = CompanyFactory(name="Nord AG")
    won(DealFactory(company=nord))

    summary = run(
        "1;Süd AG;won;1.3.2024\n2;Süd AG;won;1.2.2024\n3;Süd AG;won;1.2.2024\n4;Nord AG;won;1.2.2024\n",
        head="Nr;Firma;Phase;Abschluss",
    )

    new = dict(Deal.objects.exclude(external_id="").values_list("external_id", "is_new_customer"))
    assert new == {"1": False, "2": True, "3": False, "4": True}
    assert Deal.objects.get(external_id="").is_new_customer is True
    assert summary["notes"]["customers_with_an_earlier_imported_win"] == 1


def test_a_customer_who_bought_before_is_a_repeat_customer(run):
    run("1;Nord AG;won;1.2.2024\n", head="Nr;Firma;Phase;Abschluss")

    run("2;Nord AG;won;1.3.2024\n", head="Nr;Firma;Phase;Abschluss")

    assert Deal.objects.get(external_id="2").is_new_customer is False


def test_of_wins_at_the_same_moment_the_one_known_before_is_the_first(run):
    run("1;Nord AG;won;1.2.2024\n", head="Nr;Firma;Phase;Abschluss")

    run("2;Nord AG;won;1.2.2024\n", head="Nr;Firma;Phase;Abschluss")

    new = dict(Deal.objects.values_list("external_id", "is_new_customer"))
    assert new == {"1": True, "2": False}


def test_whether_the_offer_was_accepted_as_it_stood_is_known_only_where_the_stages_are(run):
    changes = "Nr;Phase;Datum\n"
    changes += "1;Angebot;1.2.2024\n1;Verhandlung;2.2.2024\n1;gewonnen;3.2.2024\n"
    changes += "2;Angebot;1.2.2024\n2;gewonnen;3.2.2024\n"

    run("1;Nord AG;\n2;Süd AG;\n", head="Nr;Firma;Phase", changes=changes)
    run("3;West AG;won;1.2.2024\n", head="Nr;Firma;Phase;Abschluss")

    directly = dict(Deal.objects.values_list("external_id", "accepted_directly"))
    assert directly == {"1": False, "2": True, "3": None}


def test_what_differs_is_reported_and_what_was_moved_here_stays(run):
    run(ROWS)
    deal = Deal.objects.get(external_id="A-1")
    move_deal(deal, Stage.VERHANDLUNG, seen_in=Stage.ANGEBOT, actor=None, confirmed=True)

    summary = run(ROWS.replace("1.500,00", "9.000,00").replace("Keller", "Tiefgarage"))

    deal.refresh_from_db()
    assert (summary["differing"], summary["unchanged"]) == (2, 1)
    assert summary["differences"] == {"title": 1, "value": 1, "history": 1}
    assert summary["differing_ids"] == ["A-1", "A-2"]
    assert (deal.stage, deal.value) == (Stage.VERHANDLUNG, 1500)


def test_what_a_deal_lacks_is_filled_in(run):
    run("1;Angebot;;\n", head="Nr;Phase;Produkt;Firma")

    summary = run("1;Angebot;Ziegel;Nord AG\n", head="Nr;Phase;Produkt;Firma")

    deal = Deal.objects.get()
    assert (summary["filled"], summary["differing"], summary["unchanged"]) == (1, 0, 0)
    assert (deal.product.name, deal.company.name, deal.version) == ("Ziegel", "Nord AG", 2)
    assert run("1;Angebot;Ziegel;Nord AG\n", head="Nr;Phase;Produkt;Firma")["unchanged"] == 1


CHANGES = """\
Vorgang;Status;Datum;Wer
A-1;Kontakt;2024-03-02 10:00;Anna Berg
A-1;Akquise;2024-03-01 09:00;Jo Tal
A-1;Verhandlung;2024-03-05 10:00;Anna Berg
A-1;Angebot;2024-03-05 10:00;Anna Berg
A-1;closed_won;2024-03-09 10:00;Anna Berg
"""


def test_a_stage_history_keeps_its_moments_ties_and_steps_back(run):
    summary = run("A-1;Nord AG;500\n", head="Nr;Firma;Wert", changes=CHANGES)

    deal = Deal.objects.get()
    told = [(at.day, stage, outcome) for at, stage, outcome in steps(deal)]
    assert summary["changes"]["history_rows"] == 6
    assert told == [
        (1, Stage.AKQUISE, Outcome.OPEN),
        (2, Stage.KONTAKT, Outcome.OPEN),
        (5, Stage.VERHANDLUNG, Outcome.OPEN),
        (5, Stage.ANGEBOT, Outcome.OPEN),
        (9, Stage.ABSCHLUSS, Outcome.OPEN),
        (9, Stage.ABSCHLUSS, Outcome.WON),
    ]
    assert (deal.opened_at.hour, deal.won_value, str(deal.owner)) == (8, 500, "Anna Berg")


def test_owners_change_with_the_stages_and_the_table_of_deals_names_the_present_one(run):
    run("A-1;Nord AG;Uwe See\n", head="Nr;Firma;Rep", changes=CHANGES)

    deal = Deal.objects.get()
    assert [str(row.owner) for row in deal.stage_changes.order_by("seq")] == ["Jo Tal", *["Anna Berg"] * 5]
    assert [(str(row.owner), row.at.year) for row in deal.changes.order_by("seq")][:2] == [
        ("Jo Tal", 2024),
        ("Anna Berg", 2024),
    ]
    assert str(deal.changes.latest("seq").owner) == str(deal.owner) == "Uwe See"


def test_one_file_can_be_both_or_stand_for_both(folder, run):
    (folder / "history.csv").write_text(CHANGES, encoding="utf-8")

    assert call("history.csv", "--changes", "history.csv")["created"] == 1
    again = call("--changes", "history.csv")

    assert (again["created"], again["unchanged"]) == (0, 1)
    assert Deal.objects.get().outcome == Outcome.WON


def test_an_end_that_only_the_table_of_deals_tells_is_added(run):
    changes = "Nr;Phase;Datum\n1;Angebot;2024-03-01 10:00\n"

    run("1;lost;1.3.2024\n", head="Nr;Status;Abschluss", changes=changes)

    assert steps(Deal.objects.get())[-1] == (
        datetime(2024, 3, 1, 11, tzinfo=UTC),
        Stage.ANGEBOT,
        Outcome.LOST,
    )


def test_an_end_before_the_last_stage_change_is_refused(run):
    changes = "Nr;Phase;Datum\n1;Angebot;2024-03-02 10:00\n"

    summary = run("1;lost;1.3.2024\n", head="Nr;Status;Abschluss", changes=changes)

    assert (summary["rejected"], summary["changes"]["rejected"]) == (1, 1)


def test_a_deal_with_one_bad_stage_change_is_left_out_whole(run):
    changes = (
        CHANGES.replace("2024-03-05 10:00;Anna", "irgendwann;Anna", 1) + "A-2;Angebot;2024-03-01;Anna Berg\n"
    )

    summary = run("A-1;Nord AG\nA-2;Süd AG\n", head="Nr;Firma", changes=changes)

    assert (summary["created"], summary["rejected"], summary["changes"]["rejected"]) == (1, 1, 5)
    assert len(rejected(summary["changes_rejects_file"])) == 5
    assert Deal.objects.get().external_id == "A-2"


def test_a_file_that_is_both_gives_one_file_of_rejects_with_every_reason(folder):
    text = CHANGES.replace("2024-03-05 10:00;Anna", "irgendwann;Anna", 1)
    (folder / "history.csv").write_text(text, encoding="utf-8")

    summary = call("--changes", "history.csv")

    reasons = [list(row.values())[-1] for row in rejected(summary["rejects_file"])]
    assert (summary["created"], len(reasons)) == (0, 5)
    assert [("irgendwann" in reason) for reason in reasons] == [False, False, True, False, False]
    assert list(folder.glob("rejected*")) == [folder / "rejected-history.csv"]


def test_stage_changes_of_a_bad_or_missing_deal_are_rejected_with_it(run):
    changes = "Nr;Phase;Datum\n1;Angebot;1.3.2024\n2;Angebot;1.3.2024\n3;Angebot;1.3.2024\n"

    summary = run("1;viel\n3;5\n", head="Nr;Wert", changes=changes)

    assert (summary["created"], summary["rejected"], summary["changes"]["rejected"]) == (1, 1, 2)


def test_a_stage_change_without_stage_or_moment_is_rejected(run):
    changes = "Nr;Phase;Datum\n1;;1.3.2024\n2;Angebot;\n"

    summary = run("1\n2\n", head="Nr", changes=changes)

    assert summary["changes"]["rejected"] == 2


def test_repeated_lines_of_a_history_are_counted_and_left_out(run):
    changes = "Nr;Phase;Datum\n1;Angebot;1.3.2024\n1;Angebot;2.3.2024\n1;Angebot;2.3.2024\n"

    summary = run("1\n", head="Nr", changes=changes)

    assert summary["notes"]["repeated_stage_changes"] == 2
    assert len(steps(Deal.objects.get())) == 1


def test_a_failing_import_leaves_nothing(run, monkeypatch):
    before = counts()
    monkeypatch.setattr("imports.deals.events.record", lambda *args, **payload: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        run(ROWS)

    assert counts() == before


def test_only_one_import_runs_at_a_time(run):
    rival = connection.copy()
    try:
        with rival.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(CommandError):
            run(ROWS)
    finally:
        rival.close()

    assert run(ROWS)["created"] == 3


def test_an_import_that_was_undone_does_not_come_back(run):
    run(ROWS)
    Deal.objects.filter(external_id="A-1").update(voided_at=noon("2024-04-01"))

    summary = run(ROWS)

    assert (summary["unchanged"], summary["rejected"]) == (2, 1)


def test_hostile_cells_make_a_message_and_never_a_crash(run):
    nasty = ["\u2028", "x" * 5000, "＝1+1", "%s%n", "\u202eabc", "'); DROP TABLE deal --", "a\u0300" * 300]
    rows = "".join(f"{number}" + f";{text}" * 5 + "\n" for number, text in enumerate(nasty, start=1))
    head = "Nr;Titel;Firma;Rep;Produkt;Phase"

    all_rejected = run(rows, head=head)
    one = run(rows, "--values", "stage:%s%n=Angebot", head=head)

    assert (all_rejected["created"], one["created"]) == (0, 1)
    assert Deal.objects.get().title == "%s%n"
