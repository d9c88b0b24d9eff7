"""Everything about one mail on the timeline, whether it was written here or taken in."""

from dataclasses import dataclass

from accounts.models import User
from activities.models import Activity
from mailbox.folding import Folded, fold
from mailbox.models import Filing, SentMail, TakenMail


@dataclass(frozen=True)
class WholeMail:
    """A mail with its addresses and both parts of its text."""

    activity: Activity
    text: Folded
    sent: SentMail | None = None
    taken: TakenMail | None = None
    can_edit: bool = False


def read_whole(activity: Activity, user: User) -> WholeMail:
    """The mail behind an entry; of an entry written by hand only its own text."""
    sent = SentMail.objects.filter(activity=activity).first()
    filing = Filing.objects.filter(activity=activity).select_related("mail__mailbox").first()
    taken = filing.mail if filing else None
    source = sent or taken
    return WholeMail(
        activity=activity,
        text=fold(source.text if source else activity.text),
        sent=sent,
        taken=taken,
        can_edit=Activity.objects.editable_by(user).filter(pk=activity.pk).exists(),
    )
