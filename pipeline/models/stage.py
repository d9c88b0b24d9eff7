"""The five stages and the few fixed words of the funnel."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.IntegerChoices):
    """The five stages of the funnel, in order; comparing them compares progress."""

    AKQUISE = 1, _("Prospecting")
    KONTAKT = 2, _("Contact")
    ANGEBOT = 3, _("Offer")
    VERHANDLUNG = 4, _("Negotiation")
    ABSCHLUSS = 5, _("Closing")


class Outcome(models.TextChoices):
    """How a deal stands, beside its stage: a lost deal keeps the stage in which it leaked."""

    OPEN = "open", _("open")
    WON = "won", _("won")
    LOST = "lost", _("lost")


class DealKind(models.TextChoices):
    """The kind of business; criteria and time limits may differ."""

    NEW = "new", _("New business")
    EXISTING = "existing", _("Existing customer")
    SERVICE = "service", _("Service")


class Origin(models.TextChoices):
    """What made a history row."""

    TYPED = "typed", _("typed")
    IMPORT = "import", _("import")
    OFFER = "offer", _("offer")
    RULE = "rule", _("rule")
    UNDO = "undo", _("undone")
