"""What the style page shows: every component of the product with invented data, which is never stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.models import Job
from core.pagination import Page
from core.pictures import FunnelPicture, FunnelStep, funnel_picture
from pipeline.cards import Addresses, CardLook, Face, Fact
from pipeline.models import Stage

THEMES = {"auto": gettext_lazy("Device"), "light": gettext_lazy("Light"), "dark": gettext_lazy("Dark")}
WIDTHS = {"wide": gettext_lazy("Wide"), "narrow": gettext_lazy("Narrow")}
# Deals that came this far, their value, and those lost there.
FUNNEL = ((120, 2_400_000, 31), (81, 1_900_000, 22), (52, 1_300_000, 9), (38, 900_000, 5), (9, 140_000, 0))

# The card that names its owner, and after how many days a card has stood too long.
WITH_OWNER, USUAL_DAYS = 2, 30
TONES = (
    ("", gettext_lazy("plain")),
    ("is-accent", gettext_lazy("chosen")),
    ("is-warn", gettext_lazy("to mind")),
    ("is-need", gettext_lazy("needs you")),
    ("is-hollow", gettext_lazy("not settled")),
)
# Verdict, rate, the ends of its interval, cases, still open.
RATES = (
    ("", 0.58, 0.5, 0.66, 140, 12),
    ("hi", 0.78, 0.7, 0.85, 120, 8),
    ("lo", 0.41, 0.33, 0.5, 110, 0),
    ("few", 0.5, 0.2, 0.8, 6, 3),
)


class SpecimenForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=gettext_lazy("Title"), help_text=gettext_lazy("What it is about."))
    value = forms.DecimalField(label=gettext_lazy("Value"), required=False)
    stage = forms.TypedChoiceField(
        label=gettext_lazy("Stage"), coerce=int, choices=[("", "–"), *Stage.choices], empty_value=None
    )
    on = forms.DateField(
        label=gettext_lazy("Expected close"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_sure = forms.BooleanField(label=gettext_lazy("The customer has agreed"), required=False)


@dataclass(frozen=True)
class Pill:
    """A saved filter, as `_views` shows it."""

    label: str | Promise
    url: str
    is_on: bool = False
    count: int = 0
    is_calm: bool = False


def components() -> dict[str, object]:
    """What the components of the page are filled with, by the names its templates use."""
    someone = User(pk=0, first_name="Lena", last_name="Sommer")
    cards = _cards(someone)
    return {
        "someone": someone,
        "tones": TONES,
        "stages": list(Stage),
        "rates": RATES,
        "shares": (1, 0.62, 0.18),
        "kinds": ("funnel", "history", "rows", "cards", "lines"),
        "cards": cards,
        "rows": [(Stage(card.stage), card) for card in cards],
        "steps": _steps(),
        "jobs": _jobs(),
        "views": _views(),
        "pages": Page(rows=[], next_cursor="next", previous_cursor="back"),
        "picture": _funnel(),
        "form": SpecimenForm(prefix="plain"),
        "refused_form": SpecimenForm({"refused-value": "viel"}, prefix="refused"),
        "locked_form": _locked(
            SpecimenForm(prefix="locked", initial={"title": "Wartungsvertrag", "value": 18900})
        ),
    }


def _jobs() -> list[Job]:
    """One that runs, and the three ways in which one ends; the first has no key, so it asks for nothing."""
    now, states = timezone.now(), Job.State
    return [
        Job(state=states.RUNNING, done=640, total=1000, message=_("Writing the rows …")),
        Job(pk=1, state=states.DONE, done=1000, total=1000, finished_at=now),
        Job(pk=2, state=states.FAILED, done=210, total=1000, finished_at=now, message=_("No room is left.")),
        Job(pk=3, state=states.CANCELLED, done=80, total=1000, finished_at=now),
    ]


def frame(asked: Mapping[str, str]) -> dict[str, object]:
    """The theme and the width that the address asks for, and the ways to the others."""
    theme = _one_of(THEMES, asked.get("theme"))
    width = _one_of(WIDTHS, asked.get("width"))
    return {
        "theme": theme,
        "width": width,
        "themes": [
            Pill(label, f"?theme={name}&width={width}", name == theme) for name, label in THEMES.items()
        ],
        "widths": [
            Pill(label, f"?theme={theme}&width={name}", name == width) for name, label in WIDTHS.items()
        ],
    }


def _one_of(names: Mapping[str, Promise], asked: str | None) -> str:
    """Nonsense counts as none, none as the first."""
    return next((name for name in names if name == asked), next(iter(names)))


def _views() -> list[Pill]:
    return [
        Pill(_("Mine"), "#marks", is_on=True),
        Pill(_("Without next step"), "#marks", count=3),
        Pill(_("All"), "#marks", count=1240, is_calm=True),
    ]


def _steps() -> list[tuple[date | None, str]]:
    """One day for each light of the next step."""
    today = timezone.localdate()
    return [
        (None, ""),
        (today - timedelta(days=3), "Angebot nachfassen"),
        (today, "Anruf"),
        (today + timedelta(days=8), "Vor-Ort-Termin"),
    ]


def _cards(owner: User) -> list[CardLook]:
    """A card in the state of each light, one of them longer in its stage than is usual."""
    names = (
        "Otterlake Verpackungen e. K.",
        "Nordlicht Logistik AG",
        "Grauenstein Wohnungsbaugenossenschaft eG",
        "Weber Bau",
    )
    facts = (
        Fact("Entscheider unbekannt", is_met=False),
        Fact("Vor-Ort-Termin", is_met=True, due=timezone.now() + timedelta(days=2)),
        Fact("Angebot übergeben", is_met=True),
        None,
    )
    return [
        _card(number, name, fact, on, text, owner)
        for number, (name, fact, (on, text)) in enumerate(zip(names, facts, _steps(), strict=True), start=1)
    ]


def _card(number: int, name: str, fact: Fact | None, on: date | None, text: str, owner: User) -> CardLook:
    days = 9 * number
    return CardLook(
        pk=-number,
        stage=number,
        order="",
        touched="",
        urls=Addresses(page="#cards", move="#cards", card="#cards"),
        is_editable=False,
        held_in=None,
        customer=name,
        title="Photovoltaik mit Speicher",
        value=Decimal(18_900 * number),
        currency="EUR",
        fact=fact,
        owner=Face.of(owner) if number == WITH_OWNER else None,
        next_step=text,
        next_step_on=on,
        days=days,
        is_too_long=days > USUAL_DAYS,
        usual="",
    )


def _funnel() -> FunnelPicture:
    passed = [FUNNEL[i + 1][0] / FUNNEL[i][0] for i in range(len(FUNNEL) - 1)]
    steps = [
        FunnelStep(
            stage=int(stage),
            label=str(stage.label),
            count=count,
            value=Decimal(value),
            rate=rate,
            low=rate and rate - 0.08,
            high=rate and rate + 0.08,
            still_open=4,
            is_few=count < 50,
            lost=lost,
            reason="Preis" if lost else "",
        )
        for stage, (count, value, lost), rate in zip(Stage, FUNNEL, [*passed, None], strict=True)
    ]
    return funnel_picture(steps)


def _locked(form: forms.Form) -> forms.Form:
    """Fields that may be read but not changed."""
    for field in form.fields.values():
        field.disabled = True
    return form
