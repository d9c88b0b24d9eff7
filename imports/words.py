"""What other systems call stages, outcomes and kinds of business, in German and English."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from imports.columns import normal_name
from pipeline.models import DealKind, Outcome, Stage, StageSetting


@dataclass(frozen=True, slots=True)
class Standing:
    """What a word says of a deal: the stage it is in, how it stands, or both; None where it says nothing."""

    stage: Stage | None = None
    outcome: Outcome | None = None


NOTHING = Standing()

_STAGES: Mapping[Stage, str] = {
    Stage.AKQUISE: (
        "akquise, akquisition, acquisition, neukundenakquise, kaltakquise, prospecting, prospect, "
        "prospects, prospection, lead, leads, new, new lead, neu, neuer lead, interessent, potenzial, "
        "potential, suspect, identified, identifiziert, research, recherche"
    ),
    Stage.KONTAKT: (
        "kontakt, kontaktiert, kontakt hergestellt, kontaktaufnahme, erstkontakt, contact, contacted, "
        "contact made, first contact, engaging, engaged, engagement, erstgespräch, gespräch, im "
        "gespräch, meeting, termin, termin vereinbart, vor ort termin, appointment, appointment "
        "scheduled, demo, demo scheduled, demo geplant, presentation, presentation scheduled, "
        "präsentation, discovery, needs analysis, bedarfsanalyse, bedarfsermittlung, qualification, "
        "qualifizierung, qualified, qualifiziert, qualified to buy, qualify, value proposition, id "
        "decision makers, decision maker bought in, perception analysis, develop, beratung"
    ),
    Stage.ANGEBOT: (
        "angebot, angebote, angebotsphase, angebot erstellt, angebot abgegeben, angebot versendet, "
        "angebot gesendet, angebot verschickt, offer, offered, offer sent, offer made, proposal, "
        "proposal sent, proposal made, propose, proposal price quote, price quote, quote, quote sent, "
        "quoted, quotation, kostenvoranschlag"
    ),
    Stage.VERHANDLUNG: (
        "verhandlung, verhandlungen, in verhandlung, verhandlungsphase, verhandlungen begonnen, "
        "nachverhandlung, vertragsverhandlung, negotiation, negotiations, negotiating, negotiations "
        "started, in negotiation, negotiation review"
    ),
    Stage.ABSCHLUSS: (
        "abschluss, abschlussphase, kurz vor abschluss, closing, close, contract, contract sent, "
        "vertrag, vertrag versendet, vertrag gesendet, verbal commitment, mündliche zusage, zusage, "
        "commit"
    ),
}
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.OPEN: "open, offen, aktiv, active, in bearbeitung, in progress, laufend, in arbeit",
    Outcome.WON: (
        "won, win, closed won, deal won, gewonnen, closed and won, geschlossen gewonnen, abgeschlossen "
        "gewonnen, abgeschlossen und gewonnen, geschlossen und gewonnen, erfolgreich, beauftragt, "
        "auftrag erhalten, auftrag gewonnen, verkauft, sold, order received"
    ),
    Outcome.LOST: (
        "lost, loss, closed lost, deal lost, verloren, closed and lost, geschlossen verloren, nicht "
        "gewonnen, abgeschlossen verloren, abgeschlossen und verloren, geschlossen und verloren, "
        "absage, abgesagt, abgelehnt, rejected, declined, abgebrochen, dead"
    ),
}
_KINDS: Mapping[DealKind, str] = {
    DealKind.NEW: "new, new business, new customer, neu, neugeschäft, neukunde, neukundengeschäft",
    DealKind.EXISTING: (
        "existing, existing business, existing customer, existing customer upgrade, existing customer "
        "replacement, existing customer downgrade, bestand, bestandskunde, bestandskundengeschäft, "
        "bestandsgeschäft, upsell, upselling, cross selling, renewal, verlängerung"
    ),
    DealKind.SERVICE: "service, wartung, maintenance, support, dienstleistung",
}


def kind_of(text: str) -> DealKind | None:
    """The kind of business that a word means."""
    return _KIND_WORDS.get(normal_name(text))


def own_words() -> dict[str, Standing]:
    """The company's own labels of the stages, by normal name."""
    labels = StageSetting.objects.values_list("stage", "label_de", "label_en")
    return {
        normal_name(label): Standing(stage=Stage(stage)) for stage, *both in labels for label in both if label
    }


def standing_of(text: str, own: Mapping[str, Standing] | None = None) -> Standing | None:
    """What a word says of a deal; `own` holds the company's own words by normal name.

    A number before the word does not count (`2. Kontakt`); a number alone is that of the stage.
    """
    name = normal_name(text)
    bare = re.sub(r"\A[0-9]+", "", name)
    for key in (name, bare):
        if own and key in own:
            return own[key]
        if key in _STANDING_WORDS:
            return _STANDING_WORDS[key]
    return None


def _words(text: str) -> list[str]:
    return [normal_name(word) for word in text.split(",")]


_KIND_WORDS = {word: kind for kind, text in _KINDS.items() for word in _words(text)}
_STANDING_WORDS = {
    **{word: Standing(stage=stage) for stage, text in _STAGES.items() for word in _words(text)},
    **{str(stage.value): Standing(stage=stage) for stage in Stage},
    **{word: Standing(outcome=outcome) for outcome, text in _OUTCOMES.items() for word in _words(text)},
}
