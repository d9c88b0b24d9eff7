"""Two customers with everything the contact history can hold, and a week in which appointments clash."""

from datetime import date, datetime, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count
from PIL import Image, ImageDraw, ImageFont

from accounts.models import User
from activities.actions import (
    About,
    CallFacts,
    Correction,
    Guests,
    LetterFacts,
    Meeting,
    NextStep,
    add_file,
    after_the_call,
    agree_appointment,
    attach_files,
    edit_activity,
    hold_appointment,
    log_letter,
    plan_follow_up,
    write_note,
)
from activities.models import Activity, FollowUp
from contacts.actions import set_photo
from contacts.models import Company, Person
from contacts.photos import redrawn
from contacts.stand import Origin, record_stand
from demo import company as words
from demo.staff import Staff
from demo.working_days import at_minute, working_day_before, working_day_from

LOAD_CURVE = "Zeit;kW\n06:00;41\n09:00;118\n12:00;164\n15:00;139\n18:00;62\n"
PHOTOS = 10
SIZE = 256
# Calm colours with enough contrast to white letters.
COLOURS = ("#1f6349", "#35567d", "#6b4a7d", "#7d4a35", "#4a5d23", "#5a5a5a")


class Showcase:
    """Writes it through the actions, as people would have."""

    def __init__(self, staff: Staff, today: date) -> None:
        self.staff, self.today = staff, today
        self.rep = self._user(words.BEST)
        self.colleague, self.manager = self._user(words.CAREFUL), self.staff.reps[0].manager

    def write(self) -> None:
        """Two customers of the rep a newcomer logs in as: those with the most deals."""
        own = Company.objects.filter(owner=self.rep).exclude(vat_id="").annotate(deal_count=Count("deals"))
        first, second = own.order_by("-deal_count", "pk")[:2]
        for company in (first, second):
            self._tell(company)
        self._clash(first, second)
        self._photos(first, second)

    def _tell(self, company: Company) -> None:
        people = [job.person for job in company.employments.present().select_related("person").order_by("pk")]
        person, others = people[0], tuple(people[1:])
        about = About(company=company, person=person)
        self._confirm(company)
        self._letters(about)
        self._meeting(about, others)
        self._visit(about, others)
        call = CallFacts(
            Activity.Result.DECISION_MAKER, "Fragt nach Referenzen in der Nähe.", "in", self._at(8, 95), 12
        )
        after_the_call(about, call, actor=self.rep)
        note = f"@{self.rep}: Die Rechnung ging an die alte Anschrift, bitte beim nächsten Anruf klären."
        write_note(about, note, at=self._at(1, 430), actor=self.colleague)
        self._corrected(about)
        plan_follow_up(
            about,
            NextStep(
                on=working_day_from(self.today + timedelta(days=5)),
                kind=FollowUp.Kind.CALL,
                text="Zählerstände erfragen",
                owner=self.rep,
                repeats=FollowUp.Repeats.MONTHLY,
            ),
            actor=self.rep,
        )

    def _confirm(self, company: Company) -> None:
        """What it says was confirmed at several times, by several ways."""
        told = (
            (240, ["name", "legal_form"], "imprint"),
            (60, ["register_court", "register_number", "vat_id"], "imprint"),
            (8, ["employees", "industry"], ""),
        )
        for days, fields, source in told:
            at = self._at(days, 60)
            record_stand(company, fields, origin=Origin.TYPED, by=self.rep, at=at, source=source)

    def _letters(self, about: About) -> None:
        sent = LetterFacts(
            "out", "Einladung zur Hausmesse", "Mit zwei Eintrittskarten.", at=self._at(52, 120)
        )
        answer = LetterFacts("in", "Zusage zur Hausmesse", "Kommen zu zweit.", at=self._at(44, 60))
        log_letter(about, sent, actor=self.rep)
        log_letter(about, answer, actor=self.rep)

    def _meeting(self, about: About, others: tuple[Person, ...]) -> None:
        begins = self._at(30, 150)
        meeting = Meeting(
            begins,
            begins + timedelta(minutes=45),
            "https://treffen.example/lastgang",
            "Auswertung des Lastgangs",
            Guests(people=others, colleagues=(self.colleague,)),
            is_online=True,
        )
        said = "Lastspitze mittags bei 164 kW; ein Speicher lohnt sich, Dach im Frühjahr."
        held = self._held(about, meeting, said)
        self._attach(held, "Lastgang Oktober.csv", LOAD_CURVE.encode())

    def _visit(self, about: About, others: tuple[Person, ...]) -> None:
        begins = self._at(15, 90)
        ends, place = begins + timedelta(minutes=90), _address(about.company)
        visit = Meeting(begins, ends, place, "Dach ansehen", Guests(people=others))
        said = "Dach nach Süden frei, 38 × 14 m. Statik liegt vor. Zufahrt nur vor 9 Uhr."
        held = self._held(about, visit, said)
        self._attach(held, "Skizze Dach.png", _sketch())

    def _held(self, about: About, meeting: Meeting, said: str) -> Activity:
        agreed = agree_appointment(about, meeting, actor=self.rep)
        return hold_appointment(agreed, text=said, seen_version=agreed.version, actor=self.rep)

    def _corrected(self, about: About) -> None:
        """An entry with an earlier version."""
        at = self._at(3, 200)
        note = write_note(about, "Will bis Ende des Monats entscheiden.", at=at, actor=self.rep)
        text = "Will bis Ende des Jahres entscheiden; die Geschäftsleitung tagt am Monatsende."
        put_right = Correction(at=at, text=text, person=about.person)
        edit_activity(note, put_right, seen_version=note.version, actor=self.rep)

    def _clash(self, first: Company, second: Company) -> None:
        """On the next working day two appointments overlap."""
        day = working_day_from(self.today + timedelta(days=1))
        for company, minute, minutes in ((first, 120, 90), (second, 180, 60)):
            begins = at_minute(day, minute)
            ends = begins + timedelta(minutes=minutes)
            meeting = Meeting(begins, ends, _address(company), "Stand der Planung")
            agree_appointment(About(company=company), meeting, actor=self.rep)

    def _photos(self, *companies: Company) -> None:
        """Drawn initials for the people of both, and some others of the rep; nobody's likeness."""
        theirs = list(Person.objects.filter(employments__company__in=companies, employments__until=None))
        others = Person.objects.filter(owner=self.rep).exclude(pk__in=[person.pk for person in theirs])
        for number, person in enumerate([*theirs, *others.order_by("pk")[:PHOTOS]]):
            set_photo(person, _initials(person, COLOURS[number % len(COLOURS)]), actor=self.rep)

    def _attach(self, entry: Activity, name: str, content: bytes) -> None:
        file = add_file(SimpleUploadedFile(name, content), actor=self.rep)
        attach_files(entry, [file], actor=self.rep)

    def _at(self, days: int, minute: int) -> datetime:
        """A moment of the working hours so many days ago, in any case before today."""
        day = working_day_from(self.today - timedelta(days=days))
        return at_minute(min(day, working_day_before(self.today)), minute)

    def _user(self, login: str) -> User:
        address = f"{login}@{words.DOMAIN}"
        return next(rep.user for rep in self.staff.reps if rep.user.email == address)


def _address(company: Company | None) -> str:
    return str(company.addresses.first()) if company else ""


def _initials(person: Person, colour: str) -> ContentFile:
    picture = Image.new("RGB", (SIZE, SIZE), colour)
    letters = (person.first_name[:1] + person.last_name[:1]).upper()
    font = ImageFont.load_default(size=SIZE * 0.4)
    ImageDraw.Draw(picture).text((SIZE / 2, SIZE / 2), letters, fill="white", font=font, anchor="mm")
    out = BytesIO()
    picture.save(out, "PNG")
    return redrawn(SimpleUploadedFile("photo.png", out.getvalue()))


def _sketch() -> bytes:
    """A roof from above with its rows of modules."""
    picture = Image.new("RGB", (640, 320), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 20, 620, 300), outline="black", width=3)
    for column in range(12):
        for row in range(4):
            left, top = 40 + column * 48, 40 + row * 62
            pen.rectangle((left, top, left + 40, top + 52), fill="#35567d")
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
