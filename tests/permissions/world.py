"""The rows the permission matrix is tried on."""

import re
from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from accounts.models import User
from activities.actions import About, Meeting, add_file, agree_appointment
from activities.models import AccessKey, Activity, Attachment, FollowUp, Mention
from automation.models import Notice, Rule, RuleHit
from calling.actions import Callee, make_list, take_next
from calling.models import CallEntry
from catalog.models import ProductGroup
from contacts.actions import note_presumed_consent
from contacts.merging import merge
from contacts.models import (
    BuyingRole,
    Channel,
    Company,
    DuplicatePair,
    Employment,
    LegalEntry,
    MergeRecord,
    Person,
)
from core.models import Job
from explorer.actions import add_card, add_dashboard, change_dashboard, mail_question
from explorer.models import Card
from imports.models import Import, ImportDoubt, ImportFile
from intake.actions import make_key
from intake.models import LeadForm, SourceKey, Submission
from leads.actions import LeadFacts, TouchFacts, change_state, take_inquiry
from leads.models import (
    ChanceModel,
    DisqualifyReason,
    Lead,
    LeadOrigin,
    LeadState,
    Recognition,
    ScoreRule,
    Touch,
    TouchChannel,
)
from lists.models import SavedView, ViewPage
from mailbox.models import Mailbox, MailTemplate, SentMail, TakenMail
from offers.actions import accept_version, ask_question
from offers.models import (
    ApprovalRequest,
    ApprovalRule,
    GuideEntry,
    NegotiationPoint,
    NegotiationRound,
    Offer,
    OfferQuestion,
    OfferVersion,
)
from partners.actions import link_deal, link_order
from partners.models import DealPartner, OrderPartner, Partner
from pipeline.conversion import Conversion, convert_lead
from pipeline.models import Deal, DealMember, DealPerson, LeadConversion, Stage
from planning.actions import Assumptions, save_scenario
from planning.models import Planned, Scenario
from potentials.models import Potential, Supply
from privacy.actions import note_request
from privacy.models import PersonReport, PrivacyRequest, RetentionClass, RetentionProposal
from tests.conftest import People
from tests.factories import (
    ChannelFactory,
    CompanyFactory,
    DealFactory,
    EmploymentFactory,
    LeadFactory,
    OfferFactory,
    OrderFactory,
    PartnerFactory,
    PersonFactory,
    PotentialFactory,
    ProductFactory,
    SourceFactory,
    UserFactory,
    lost,
    offered,
    sent,
)
from tests.intake.forms import build_form
from tests.permissions.declare import World

MARKER = "GEHEIM"
# Keys as high as those of a grown database: printed with the separators of numbers they would lead nowhere.
HIGH_KEY = 1_234_567
KEY_AS_NUMBER = re.compile(r"1\.2\d\d\.\d\d\d")
KEYED = (
    User,
    Company,
    Person,
    Employment,
    Channel,
    LegalEntry,
    PrivacyRequest,
    RetentionProposal,
    Deal,
    DealMember,
    DealPerson,
    Activity,
    FollowUp,
    Attachment,
    Mention,
    AccessKey,
    SavedView,
    Lead,
    Touch,
    Recognition,
    LeadConversion,
    Job,
    Import,
    ImportFile,
    TakenMail,
    SentMail,
    MailTemplate,
    Potential,
    DuplicatePair,
    MergeRecord,
    Partner,
    DealPartner,
    OrderPartner,
    NegotiationRound,
    NegotiationPoint,
    GuideEntry,
    LeadForm,
    SourceKey,
    Submission,
    Offer,
    OfferVersion,
    OfferQuestion,
    ApprovalRequest,
    Rule,
    RuleHit,
    Notice,
)


def build(people: People) -> World:
    """A company with a person, and deals of `people.owner` whose titles hold the marker text."""
    _raise_keys()
    company, person = CompanyFactory(name="Weltfirma GmbH"), PersonFactory()
    deal = DealFactory(
        owner=people.owner,
        company=company,
        title=f"{MARKER} offen",
        stage=Stage.KONTAKT,
        product=ProductFactory(),
        source=SourceFactory(),
    )
    helper = UserFactory(team=people.other_manager.team)
    file = _imported_file(people, company)
    activity = Activity.objects.create(
        kind=Activity.Kind.NOTE, author=people.owner, deal=deal, company=company, text=f"{MARKER} Notiz"
    )
    partner = PartnerFactory()
    lead = LeadFactory(owner=people.owner, last_name=f"{MARKER} Lead", email="lead@welt.example")
    order = OrderFactory(owner=people.owner, deal=deal, number=f"{MARKER}-1")
    lead_form = build_form()
    hit = _rule_hit(deal)
    draft = OfferFactory(deal=deal, terms={"title": f"{MARKER} Entwurf"}).current
    ScoreRule.objects.create(label_de="Anruf", part="interest", points=5, channel="phone")
    _learned()
    return World(
        people=people,
        deal=deal,
        closed_deal=lost(DealFactory(owner=people.owner, company=company, title=f"{MARKER} verloren")),
        lead=lead,
        closed_lead=_disqualified(people.owner),
        recognition=_recognised(lead),
        conversion=_converted(people.owner),
        prospecting_job=Job.objects.create(
            kind="leads.prospect",
            actor=people.owner,
            state=Job.State.DONE,
            finished_at=timezone.now(),
            result={"made": 2, "stayed": 1},
        ),
        conversion_job=Job.objects.create(kind="leads.convert", actor=people.owner, result={}),
        member=DealMember.objects.create(deal=deal, user=helper),
        deal_person=DealPerson.objects.create(deal=deal, person=person, role=BuyingRole.INFLUENCER),
        company=company,
        person=person,
        employment=EmploymentFactory(person=person, company=company),
        channel=ChannelFactory(company=company),
        legal_entry=note_presumed_consent(company, "Hat nach der Preisliste gefragt", actor=people.owner),
        activity=activity,
        attachment=_file(people.owner, activity),
        loose_file=_file(people.owner, None),
        mention=Mention.objects.create(activity=activity, user=people.owner, by=people.manager),
        access_key=AccessKey.objects.create(
            user=people.owner, purpose=AccessKey.Purpose.CALENDAR, digest=f"{MARKER}"
        ),
        appointment=agree_appointment(
            About(deal=deal), Meeting(begins=timezone.now(), text=f"{MARKER} Termin"), actor=people.owner
        ),
        removed=Activity.objects.create(
            kind=Activity.Kind.NOTE,
            author=people.owner,
            deal=deal,
            company=company,
            text=f"{MARKER} entfernt",
            removed_at=timezone.now(),
        ),
        follow_up=FollowUp.objects.create(
            owner=people.owner,
            deal=deal,
            company=company,
            text=f"{MARKER} Anruf",
            due_on=timezone.localdate() + timedelta(days=1),
        ),
        privacy_request=note_request(person, "access", actor=people.owner),
        proposal=RetentionProposal.objects.create(
            person=person,
            retention=RetentionClass.objects.get(kind=RetentionClass.Kind.PROSPECT),
            last_contact_on=timezone.localdate(),
        ),
        report=PersonReport.objects.create(
            person=person, by=people.admin, file=ContentFile(b"PK", name="report.zip")
        ),
        pair=_pair(),
        merge=merge(CompanyFactory(), CompanyFactory(), seen_versions=(1, 1), actor=people.owner),
        other_person=PersonFactory(),
        view=SavedView.objects.create(
            owner=people.owner,
            page=ViewPage.BOARD,
            name="Ansicht des Teams",
            query="owner=me",
            shared_with=people.owner.team,
        ),
        question=(question := _question(people)),
        mailed=mail_question(question, "weekly", actor=people.owner),
        card=_card(people),
        job=Job.objects.create(kind="import.read", actor=people.owner),
        brought=file.run,
        brought_in=Import.objects.create(
            actor=people.owner,
            title=f"{MARKER} alt",
            state="done",
            as_of=timezone.now(),
            done_at=timezone.now(),
        ),
        file=file,
        order=order,
        point=_point(deal),
        advice=GuideEntry.objects.create(kind=GuideEntry.Kind.QUESTION, text="Was wäre, wenn?"),
        offer_draft=draft,
        offer_sent=sent(_offer(people, company)),
        offer_accepted=accept_version(sent(_offer(people, company)), actor=people.owner),
        offer_question=ask_question(draft.offer, f"{MARKER} Frage", actor=people.owner),
        approval=_approval(draft, people),
        potential=PotentialFactory(company=company, year=timezone.localdate().year),
        supply=_supply(company),
        partner=partner,
        deal_partner=link_deal(deal, partner, "referred", actor=people.owner),
        order_partner=link_order(order, partner, "supplies", actor=people.owner),
        call_entry=_call_entry(people.owner, company),
        taken_mail=_taken_mail(people, "<w1@fremd.example>", TakenMail.State.QUEUED),
        rejected_mail=_taken_mail(people, "<w2@fremd.example>", TakenMail.State.REJECTED),
        sent_mail=_sent_mail(people, deal, company),
        lead_form=lead_form,
        source_key=make_key("Shop", lead_form.source, actor=people.manager)[0],
        submission=_submission(lead_form),
        scenario=_scenario(people),
        rule=hit.rule,
        rule_hit=hit,
        notice=hit.notices.create(user=people.owner, text=f"{MARKER} Hinweis"),
        mail_channel=company.channels.create(kind=Channel.Kind.EMAIL, value="info@weltfirma.example"),
        mail_template=MailTemplate.objects.create(name="Angebot", subject="Ihr Angebot", text="{Anrede},"),
    )


def _scenario(people: People) -> Scenario:
    """A plan of the owner's team."""
    facts = Assumptions("revenue", Decimal(900), "EUR", str(timezone.localdate().year + 1))
    return save_scenario(Planned(people.owner.team), "Plan", facts, actor=people.manager).scenario


def _rule_hit(deal: Deal) -> RuleHit:
    rule = Rule.objects.create(name="Nichts geplant", trigger="no_next_step", days=3, is_active=True)
    rule.deeds.create(kind="notify_owner", text="Nichts geplant")
    return RuleHit.objects.create(rule=rule, deal=deal, occasion="after-0", due_at=timezone.now())


def _submission(form: LeadForm) -> Submission:
    """One that a trap caught, so that it still waits for somebody."""
    return Submission.objects.create(
        form=form,
        once="1",
        state=Submission.State.REFUSED,
        reason=Submission.Reason.TRAP,
        answers=[{"name": "last_name", "kind": "last_name", "label": "Name", "value": f"{MARKER} Neu"}],
    )


def _point(deal: Deal) -> NegotiationPoint:
    """A demand of the customer nobody has answered."""
    made = NegotiationRound.objects.create(deal=deal, number=1, side=NegotiationRound.Side.CUSTOMER)
    return made.points.create(
        move=NegotiationPoint.Move.DEMAND, kind=NegotiationPoint.Kind.PRICE, text=f"{MARKER} billiger"
    )


def _supply(company: Company) -> Supply:
    group = ProductGroup.objects.create(name="Lieferquellen")
    return Supply.objects.create(company=company, group=group, source="dealer")


def _offer(people: People, company: Company) -> OfferVersion:
    """With an optional item, so that there is something to choose."""
    deal = DealFactory(owner=people.owner, company=company, title=f"{MARKER} Angebot", stage=Stage.ANGEBOT)
    lines = [offered(), offered("Zubehör", 50, is_optional=True, is_chosen=False)]
    version: OfferVersion = OfferFactory(deal=deal, lines=lines).current
    return version


def _approval(draft: OfferVersion, people: People) -> ApprovalRequest:
    """Asked for, to be answered by the managers of the owner's team."""
    asked = ApprovalRequest.objects.create(version=draft, revision=draft.revision, asked_by=people.owner)
    asked.rules.add(ApprovalRule.objects.create(name="Große Angebote", value_above=100_000))
    return asked


def _pair() -> DuplicatePair:
    low, high = CompanyFactory(name="Doppelt GmbH"), CompanyFactory(name="Doppelt")
    return DuplicatePair.objects.create(low_company=low, high_company=high, score=95, reasons=["same_phone"])


def _call_entry(owner: User, company: Company) -> CallEntry:
    """The owner has it in hand."""
    made = make_list("Messe", [Callee(company=company)], actor=owner)
    entry = take_next(made, actor=owner)
    assert entry is not None
    return entry


def _taken_mail(people: People, message_id: str, state: str) -> TakenMail:
    mailbox, _is_new = Mailbox.objects.get_or_create(
        name="Vertrieb",
        defaults={
            "address": "vertrieb@trichter.example",
            "host": "imap.trichter.example",
            "username": "vertrieb",
            "secret": "VERTRIEB",
            "keeper": people.manager,
        },
    )
    return TakenMail.objects.create(
        mailbox=mailbox,
        message_id=message_id,
        state=state,
        reason="unknown",
        from_address="neu@fremd.example",
        from_name="Nora Neu",
        subject="Anfrage",
        text="Was kostet das?",
        at=timezone.now(),
        raw=ContentFile(b"From: neu@fremd.example", name="mail.eml"),
    )


def _sent_mail(people: People, deal: Deal, company: Company) -> SentMail:
    """One that did not leave."""
    entry = Activity.objects.create(
        kind=Activity.Kind.MAIL,
        direction=Activity.Direction.OUTBOUND,
        author=people.owner,
        deal=deal,
        company=company,
        subject=f"{MARKER} Mail",
        text=f"{MARKER} Text",
    )
    return SentMail.objects.create(
        activity=entry,
        to_address="info@weltfirma.example",
        message_id=f"<{entry.pk}@trichter.example>",
        text=f"{MARKER} Text",
        state=SentMail.State.FAILED,
        error="SMTPServerDisconnected",
        due_at=timezone.now(),
    )


def _imported_file(people: People, company: Company) -> ImportFile:
    """A file of an import that is being prepared, with a doubtful row."""
    brought = Import.objects.create(actor=people.owner, title=f"{MARKER} neu", as_of=timezone.now())
    file = ImportFile.objects.create(
        run=brought,
        name=f"{MARKER}.csv",
        file=ContentFile(b"Firma\nEins AG\n", name="table"),
        table="companies",
        columns={"0": "name"},
        key="name",
        preview={
            "format": "csv",
            "headers": ["Firma"],
            "rows": 1,
            "bad_rows": 0,
            "first": [["Eins AG"]],
            "columns": [{"filled": 1, "examples": ["Eins AG"], "words": [["Eins AG", 1]]}],
        },
    )
    ImportDoubt.objects.create(file=file, line=2, label="Eins AG", twin=company.pk, twin_label=str(company))
    return file


def _file(owner: User, activity: Activity | None) -> Attachment:
    upload = SimpleUploadedFile(f"{MARKER}.txt", b"Grundriss")
    file = add_file(upload, actor=owner)
    Attachment.objects.filter(pk=file.pk).update(activity=activity)
    file.refresh_from_db()
    return file


def _raise_keys() -> None:
    with connection.cursor() as cursor:
        for model in KEYED:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
            sequence = cursor.fetchone()[0]
            cursor.execute(
                f"SELECT setval(%s, GREATEST(%s, (SELECT last_value FROM {sequence})))", [sequence, HIGH_KEY]
            )


def _disqualified(owner: User) -> Lead:
    lead = LeadFactory(owner=owner, last_name=f"{MARKER} nichts")
    reason = DisqualifyReason.objects.get(code="no_need")
    return change_state(lead, LeadState.DISQUALIFIED, seen_in=LeadState.NEW, reason=reason, actor=owner)


def _learned() -> None:
    """What a night learned, without a lead it was learned from."""
    bands = [{"cases": 40, "stated": share, "came": share} for share in (0.1, 0.3, 0.5)]
    quality = {"cases": 120, "auc": 0.7, "brier": 0.2, "brier_of_mean": 0.24, "bands": bands}
    weights = {"has phone": 0.4, "hours: free": -0.2}
    ChanceModel.objects.create(
        learned_at=timezone.now(),
        cases=600,
        won=200,
        base=-1,
        slope=1,
        shift=0,
        weights=weights,
        quality=quality,
    )


def _converted(owner: User) -> LeadConversion:
    lead = LeadFactory(owner=owner, last_name=f"{MARKER} gewandelt")
    wanted = Conversion(title=f"{MARKER} gewandelt", owner=owner, person=PersonFactory())
    return convert_lead(lead, wanted, actor=owner)


def _recognised(lead: Lead) -> Recognition:
    facts = LeadFacts(last_name=lead.last_name, email=lead.email)
    touch = TouchFacts(channel=TouchChannel.WEB_FORM, content="Noch eine Frage")
    return take_inquiry(facts, touch=touch, actor=None, origin=LeadOrigin.FORM)  # type: ignore[return-value]


def _question(people: People) -> SavedView:
    """A question to the explorer that `owner` keeps and shows to the team."""
    return SavedView.objects.create(
        owner=people.owner,
        page=ViewPage.EXPLORER,
        name="Quellen",
        query="rows=source",
        shared_with=people.owner.team,
    )


def _card(people: People) -> Card:
    """One on a dashboard of `owner`, shown to the team."""
    dashboard = add_dashboard("Woche", actor=people.owner)
    change_dashboard(dashboard, name="Woche", shared_with=people.owner.team, actor=people.owner)
    return add_card(dashboard, title="Quellen", query="rows=source")
