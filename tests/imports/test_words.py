"""What other systems call stages, outcomes and kinds of business."""

import pytest

from imports.column_names import Field
from imports.errors import ValuesUnknown
from imports.mapping import ValueMap, refuse_unknown_standings
from imports.words import Standing, kind_of, own_words, standing_of
from pipeline.models import DealKind, Outcome, Stage, StageSetting


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("Akquise", Stage.AKQUISE),
        ("Prospecting", Stage.AKQUISE),
        ("prospect", Stage.AKQUISE),
        ("Kontakt", Stage.KONTAKT),
        ("Engaging", Stage.KONTAKT),
        ("contact", Stage.KONTAKT),
        ("appointmentscheduled", Stage.KONTAKT),
        ("ANGEBOT", Stage.ANGEBOT),
        ("Proposal/Price Quote", Stage.ANGEBOT),
        ("offer", Stage.ANGEBOT),
        ("Verhandlung", Stage.VERHANDLUNG),
        ("Negotiation/Review", Stage.VERHANDLUNG),
        ("Abschluss", Stage.ABSCHLUSS),
        ("closing", Stage.ABSCHLUSS),
        ("4", Stage.VERHANDLUNG),
        ("2. Kontakt", Stage.KONTAKT),
        ("03 - Angebot", Stage.ANGEBOT),
    ],
)
def test_a_stage_is_known_by_its_usual_names(word, stage):
    assert standing_of(word) == Standing(stage=stage)


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Won", Outcome.WON),
        ("gewonnen", Outcome.WON),
        ("closed_won", Outcome.WON),
        ("Closed Won", Outcome.WON),
        ("Lost", Outcome.LOST),
        ("verloren (Preis)", Outcome.LOST),
        ("closedlost", Outcome.LOST),
        ("offen", Outcome.OPEN),
    ],
)
def test_an_outcome_is_known_by_its_usual_names(word, outcome):
    assert standing_of(word) == Standing(outcome=outcome)


@pytest.mark.parametrize("word", ["closed", "abgeschlossen", "deleted", "7", "Warteschleife", "100"])
def test_a_word_that_could_mean_several_things_is_not_guessed(word):
    assert standing_of(word) is None


@pytest.mark.django_db
def test_the_company_s_own_labels_are_known_and_win():
    StageSetting.objects.filter(stage=Stage.VERHANDLUNG).update(label_de="Feinschliff", label_en="Offer")

    words = own_words()

    assert standing_of("feinschliff", words) == Standing(stage=Stage.VERHANDLUNG)
    assert standing_of("Offer", words) == Standing(stage=Stage.VERHANDLUNG)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("New Business", DealKind.NEW),
        ("existingbusiness", DealKind.EXISTING),
        ("Wartung", DealKind.SERVICE),
        ("?", None),
    ],
)
def test_a_kind_of_business_is_known_by_its_usual_names(word, kind):
    assert kind_of(word) == kind


def test_the_user_s_word_replaces_a_value_whatever_its_case():
    values = ValueMap(["product: gtxpro = GTX Pro", "owner:a=b=Berg"])

    assert values.ours(Field.PRODUCT, " GTXPro\u00a0") == "GTX Pro"
    assert values.ours(Field.OWNER, "a=b") == "Berg"
    assert values.ours(Field.SOURCE, "GTXPro") == "GTXPro"
    assert values.unused() == []


def test_a_word_that_meets_nothing_is_told():
    values = ValueMap(["stage:Demo=Kontakt"])

    values.ours(Field.STAGE, "Demos")

    assert values.unused() == ["stage:Demo=Kontakt"]


@pytest.mark.parametrize(
    "text", ["Demo=Kontakt", "stage:Demo", "stage:=Kontakt", "stage:Demo=", "title:a=b", "x:a=b"]
)
def test_a_mapping_of_another_form_or_field_is_refused(text):
    with pytest.raises(ValuesUnknown):
        ValueMap([text])


def test_a_mapping_to_a_stage_that_does_not_exist_is_refused():
    with pytest.raises(ValuesUnknown):
        refuse_unknown_standings(ValueMap(["stage:Demo=Vorführung"]), {})
