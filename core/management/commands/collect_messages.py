"""manage.py collect_messages: brings the German catalogue in step with the texts in the code."""

import polib
from django.core.management.base import BaseCommand

from core import catalogue


class Command(BaseCommand):
    help = "Adds new messages to the German catalogue, drops unused ones, lists what is untranslated."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        """Rewrite the catalogue in the order of its texts."""
        wanted = {(message.context, message.text): message for message in catalogue.messages()}
        german = catalogue.german()
        known = {(entry.msgctxt, entry.msgid): entry for entry in german}
        for key in known.keys() - wanted.keys():
            german.remove(known[key])
        for key in wanted.keys() - known.keys():
            message = wanted[key]
            german.append(
                polib.POEntry(msgctxt=message.context, msgid=message.text, msgid_plural=message.plural or "")
            )
        german.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
        german.save()
        for entry in german.untranslated_entries():
            self.stdout.write(entry.msgid)
