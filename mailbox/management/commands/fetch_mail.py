"""Take in new mails of the mailboxes."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from mailbox.fetching import fetch
from mailbox.models import FetchRun, Mailbox


class Command(BaseCommand):
    help = "Takes in new mails of all active mailboxes, or of the one named; nothing in them is changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mailbox", nargs="?", help="the name of one mailbox")

    def handle(self, *, mailbox: str | None, **options: object) -> None:
        boxes = Mailbox.objects.filter(name=mailbox) if mailbox else Mailbox.objects.filter(is_active=True)
        if mailbox and not boxes:
            raise CommandError(f"There is no mailbox {mailbox}.")
        failed = [box.name for box in boxes if not self._fetched(box)]
        if failed:
            raise CommandError(f"Could not be read: {', '.join(failed)}")

    def _fetched(self, box: Mailbox) -> bool:
        seen = fetch(box)
        box.refresh_from_db()
        if box.error:
            self.stderr.write(f"{box.name}: {box.error}")
            return False
        run = (
            FetchRun.objects.filter(mailbox=box).latest("at")
            if seen
            else FetchRun(seen=0, filed=0, queued=0, rejected=0, known=0)
        )
        self.stdout.write(
            f"{box.name}: {run.seen} seen, {run.filed} filed, {run.queued} queued, "
            f"{run.rejected} rejected, {run.known} known"
        )
        return True
