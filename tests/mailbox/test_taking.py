"""Mails are filed with the customers they belong to, each once; what is unclear waits for a person."""

import pytest

from activities.models import Activity
from contacts.models import Channel
from leads.models import Lead
from mailbox.actions import assign_mail, make_lead, reject_mail, requeue_mail, take_in
from mailbox.drop_box import own_address
from mailbox.errors import MailDecidedMeanwhile
from mailbox.models import IgnoredSender, Reason, SentMail, TakenMail
from tests.factories import CompanyFactory, DealFactory, PersonFactory, SourceFactory, UserFactory, lost
from tests.mailbox.letters import raw_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def petra():
    """A person with an address, in somebody's charge."""
    person = PersonFactory(last_name="Weiß", owner=UserFactory())
    person.channels.create(kind=Channel.Kind.EMAIL, value="Petra@weiss.example")
    return person


def test_a_mail_of_a_known_person_stands_on_their_timeline(box, petra):
    state = take_in(raw_mail(text="Der Preis passt.\n\n> Unser Angebot"), box)

    entry = Activity.objects.get()
    assert state == "filed"
    assert (entry.kind, entry.direction, entry.person) == ("mail", "in", petra)
    assert (entry.subject, entry.text, entry.author) == ("Ihr Angebot", "Der Preis passt.", petra.owner)


def test_the_same_message_id_is_filed_once(box, drop_box, petra):
    assert take_in(raw_mail(), box) == "filed"
    assert take_in(raw_mail(text="anders angekommen"), box) == "known"
    assert take_in(raw_mail(), drop_box) == "known"

    assert Activity.objects.count() == 1


def test_the_only_open_deal_is_what_it_is_about(box, petra):
    deal = DealFactory(person=petra)
    lost(DealFactory(person=petra))

    take_in(raw_mail(), box)

    assert Activity.objects.get(kind="mail").deal == deal


def test_of_two_open_deals_it_is_the_one_of_the_mail_it_answers(box, petra):
    DealFactory(person=petra)
    about = DealFactory(person=petra)
    entry = Activity.objects.create(
        kind="mail", direction="out", author=about.owner, person=petra, deal=about, text="Angebot"
    )
    SentMail.objects.create(
        activity=entry, to_address="petra@weiss.example", message_id="<a@t>", text="Angebot", due_at=entry.at
    )

    take_in(raw_mail(headers={"In-Reply-To": "<a@t>"}), box)

    assert Activity.objects.get(direction="in").deal == about


def test_the_address_of_a_company_files_with_the_company(box):
    company = CompanyFactory()
    company.channels.create(kind=Channel.Kind.EMAIL, value="info@weiss.example")

    take_in(raw_mail(sender="info@weiss.example"), box)

    assert Activity.objects.get().company == company


@pytest.mark.parametrize(
    ("sender", "headers", "state", "reason"),
    [
        ("Neu <neu@fremd.example>", {}, "queued", Reason.UNKNOWN),
        ("neu@fremd.example", {"Auto-Submitted": "auto-replied"}, "rejected", Reason.AUTOMATIC),
        ("spam@fremd.example", {}, "rejected", Reason.IGNORED),
    ],
)
def test_unknown_senders(box, sender, headers, state, reason):
    IgnoredSender.objects.create(address="spam@fremd.example", by=box.keeper)

    assert take_in(raw_mail(sender=sender, headers=headers), box) == state
    assert TakenMail.objects.get().reason == reason
    assert not Activity.objects.exists()


def test_an_address_that_two_persons_have_is_decided_by_a_person(box, petra):
    PersonFactory().channels.create(kind=Channel.Kind.EMAIL, value="petra@weiss.example")

    assert take_in(raw_mail(), box) == "queued"
    assert TakenMail.objects.get().reason == Reason.SEVERAL


def test_a_mail_that_cannot_be_read_is_kept(box):
    assert take_in(b"\x00\xff no mail", box) == "rejected"

    mail = TakenMail.objects.get()
    assert mail.reason == Reason.UNREADABLE
    assert mail.raw.read() == b"\x00\xff no mail"
    assert take_in(b"\x00\xff no mail", box) == "known"


class TestDropBox:
    """Copies of colleagues."""

    def test_a_copy_is_filed_with_everyone_known_it_went_to(self, drop_box, petra):
        other = PersonFactory()
        other.channels.create(kind=Channel.Kind.EMAIL, value="otto@weiss.example")
        rep = UserFactory(email="rep@trichter.example")
        raw = raw_mail(
            sender="rep@trichter.example",
            to="petra@weiss.example, otto@weiss.example, wer@fremd.example",
            headers={"Delivered-To": own_address(rep, drop_box)},
        )

        assert take_in(raw, drop_box) == "filed"

        entries = Activity.objects.filter(kind="mail", direction="out", author=rep)
        assert {entry.person for entry in entries} == {petra, other}

    def test_a_forwarded_mail_is_filed_with_who_wrote_it(self, drop_box, petra):
        rep = UserFactory(email="rep@trichter.example")
        raw = raw_mail(
            sender="rep@trichter.example",
            to=own_address(rep, drop_box),
            subject="WG: Ihr Angebot",
            text="Von: Petra Weiß <petra@weiss.example>\nGesendet: heute\nAn: rep\n\nPasst.",
        )

        assert take_in(raw, drop_box) == "filed"
        assert Activity.objects.get().direction == "in"

    @pytest.mark.parametrize("who", ["rep@trichter.example", "colleague@trichter.example", "x@fremd.example"])
    def test_without_the_address_of_ones_own_it_waits(self, drop_box, petra, who):
        UserFactory(email="rep@trichter.example")
        colleague = UserFactory(email="colleague@trichter.example")
        wrong = own_address(colleague, drop_box) if who.startswith("rep") else drop_box.address
        raw = raw_mail(sender=who, to="petra@weiss.example", headers={"Delivered-To": wrong})

        assert take_in(raw, drop_box) == "queued"
        assert TakenMail.objects.get().reason == Reason.NOT_PROVEN


class TestDeciding:
    """What a person does with a mail that waits."""

    def test_filing_keeps_the_address_and_files_what_else_waits_from_it(self, box, petra):
        for number in (1, 2):
            take_in(raw_mail(sender="privat@petra.example", message_id=f"<{number}@p>"), box)
        take_in(raw_mail(sender="andere@petra.example", message_id="<3@p>"), box)

        filed = assign_mail(TakenMail.objects.get(message_id="<1@p>"), petra, remember=True, actor=box.keeper)

        assert len(filed) == 2
        assert Activity.objects.filter(person=petra, kind="mail").count() == 2
        assert petra.channels.filter(value="privat@petra.example").exists()
        assert take_in(raw_mail(sender="privat@petra.example", message_id="<4@p>"), box) == "filed"

    def test_filing_without_keeping_the_address(self, box, petra):
        take_in(raw_mail(sender="privat@petra.example"), box)

        assign_mail(TakenMail.objects.get(), petra, remember=False, actor=box.keeper)

        assert petra.channels.count() == 1

    def test_rejecting_can_be_taken_back(self, box):
        take_in(raw_mail(), box)
        mail = TakenMail.objects.get()

        reject_mail(mail, Reason.SPAM, ignore_sender=True, actor=box.keeper)
        assert take_in(raw_mail(message_id="<2@x>"), box) == "rejected"

        requeue_mail(mail, actor=box.keeper)
        assert take_in(raw_mail(message_id="<3@x>"), box) == "queued"

    def test_the_second_to_decide_is_told(self, box, petra):
        take_in(raw_mail(sender="neu@fremd.example"), box)
        seen = TakenMail.objects.get()
        reject_mail(seen, Reason.OTHER, ignore_sender=False, actor=box.keeper)

        with pytest.raises(MailDecidedMeanwhile):
            assign_mail(seen, petra, remember=True, actor=box.keeper)


def test_a_mailbox_that_makes_leads_makes_one_of_a_stranger_and_none_of_a_machine(box):
    box.makes_leads, box.lead_source = True, SourceFactory()
    box.save()

    assert take_in(raw_mail(sender="Nora Neu <nora@neu.example>"), box) == "filed"
    machine = raw_mail(message_id="<2@x>", headers={"Auto-Submitted": "auto-replied"})
    assert take_in(machine, box) == "rejected"
    again = raw_mail(sender="Nora Neu <nora@neu.example>", message_id="<3@x>", text="Noch etwas")
    assert take_in(again, box) == "filed"

    lead = Lead.objects.get()
    assert (lead.last_name, lead.email, lead.source) == ("Neu", "nora@neu.example", box.lead_source)
    assert lead.touches.count() == 2
    assert {entry.lead for entry in Activity.objects.filter(kind="mail")} == {lead}


def test_a_waiting_mail_becomes_a_lead_by_one_click_once(box):
    take_in(raw_mail(sender="Nora Neu <nora@neu.example>"), box)
    mail, rep = TakenMail.objects.get(), UserFactory()

    made = make_lead(mail, actor=rep)

    assert (made.owner, made.interest, TakenMail.objects.get().state) == (rep, "Ihr Angebot", "filed")
    with pytest.raises(MailDecidedMeanwhile):
        make_lead(mail, actor=rep)
