"""What the explorer keeps: dashboards, questions by mail, stage changes added up."""

from explorer.models.dashboards import Card, Dashboard, MailedQuestion, Rhythm
from explorer.models.steps import StepMark, StepSum

__all__ = ["Card", "Dashboard", "MailedQuestion", "Rhythm", "StepMark", "StepSum"]
