"""Who else is at an appointment."""

from dataclasses import dataclass

from accounts.models import User
from activities.models import Activity, Participant
from contacts.models import Person


@dataclass(frozen=True)
class Guests:
    """People of the customer and colleagues, besides the person it is about and who agreed it."""

    people: tuple[Person, ...] = ()
    colleagues: tuple[User, ...] = ()


def set_guests(appointment: Activity, guests: Guests | None) -> None:
    """Let exactly these be there; None leaves them as they are. The caller holds the appointment."""
    if guests is None:
        return
    there = {(guest.person_id, guest.user_id): guest for guest in appointment.participants.all()}
    wanted: set[tuple[int | None, int | None]] = set()
    wanted |= {(person.pk, None) for person in guests.people if person.pk != appointment.person_id}
    wanted |= {(None, user.pk) for user in guests.colleagues if user.pk != appointment.author_id}
    gone = [guest.pk for key, guest in there.items() if key not in wanted]
    Participant.objects.filter(pk__in=gone).delete()
    Participant.objects.bulk_create(
        Participant(activity=appointment, person_id=person, user_id=user)
        for person, user in sorted(wanted - set(there), key=str)
    )
