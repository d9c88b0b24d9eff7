"""The fixed words of leads and touches."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LeadState(models.TextChoices):
    """How far a lead is; the first three are open."""

    NEW = "new", pgettext_lazy("state of a lead", "New")
    WORKING = "working", pgettext_lazy("state of a lead", "In progress")
    QUALIFIED = "qualified", pgettext_lazy("state of a lead", "Qualified")
    DISQUALIFIED = "disqualified", pgettext_lazy("state of a lead", "Disqualified")
    CONVERTED = "converted", pgettext_lazy("state of a lead", "Converted")


OPEN_STATES = (LeadState.NEW, LeadState.WORKING, LeadState.QUALIFIED)


class Direction(models.TextChoices):
    """Who came to whom."""

    INBOUND = "inbound", _("Inbound")
    OUTBOUND = "outbound", _("Outbound")


class TouchChannel(models.TextChoices):
    """By what means we and somebody who could become a customer touched."""

    WEB_FORM = "web_form", _("Web form")
    WEB_VISIT = "web_visit", _("Visit of the web site")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    MEETING = "meeting", _("Meeting")
    FAIR = "fair", _("Fair or event")
    LETTER = "letter", _("Letter")
    SOCIAL = "social", _("Social network")
    API = "api", _("Interface")
    IMPORT = "import", _("Import")
    TYPED = "typed", _("Entered by hand")
    OTHER = "other", _("Other")


class LeadOrigin(models.TextChoices):
    """What made a row of a lead's history."""

    TYPED = "typed", _("typed")
    FORM = "form", _("form")
    API = "api", _("interface")
    IMPORT = "import", _("import")
    MAIL = "mail", _("mail")
    RULE = "rule", _("rule")
    UNDO = "undo", _("undone")
