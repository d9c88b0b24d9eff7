"""How a route says who may use it: read by the generated permission matrix (tests/test_permissions.py)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from activities.models import AccessKey, Activity, Attachment, FollowUp, Mention
from automation.models import Notice, Rule, RuleHit
from calling.models import CallEntry
from contacts.models import Channel, Company, DuplicatePair, Employment, LegalEntry, MergeRecord, Person
from core.models import Job
from explorer.models import Card, MailedQuestion
from imports.models import Import, ImportFile
from intake.models import LeadForm, SourceKey, Submission
from leads.models import Lead, Recognition
from lists.models import SavedView
from mailbox.models import MailTemplate, SentMail, TakenMail
from offers.models import (
    ApprovalRequest,
    GuideEntry,
    NegotiationPoint,
    OfferQuestion,
    OfferVersion,
    Order,
)
from partners.models import DealPartner, OrderPartner, Partner
from pipeline.models import Deal, DealMember, DealPerson, LeadConversion
from planning.models import Scenario
from potentials.models import Potential, Supply
from privacy.models import PersonReport, PrivacyRequest, RetentionProposal
from tests.conftest import People

# Every kind of user; see tests/conftest.py. `deactivated` had a session before.
ACTORS = (
    "anonymous",
    "owner",
    "colleague",
    "manager",
    "stranger",
    "other_manager",
    "admin",
    "deactivated",
)


def expect(status: int, **others: int) -> dict[str, int]:
    """The same status for everyone, except those named; outsiders are sent to the log-in."""
    return {**dict.fromkeys(ACTORS, status), "anonymous": 302, "deactivated": 302, **others}


# Who may change what belongs to `owner`: the owner, the manager of the owner's team, admins.
def editors(status: int, refused: int = 403) -> dict[str, int]:
    """`status` for those who may edit what `owner` owns, `refused` for the others who see it."""
    return expect(status, colleague=refused, stranger=refused, other_manager=refused)


def owner_alone(status: int, refused: int = 404) -> dict[str, int]:
    """`status` for `owner`, `refused` for everybody else who is logged in."""
    return expect(refused, owner=status)


def admins(status: int, refused: int = 403) -> dict[str, int]:
    """`status` for admins alone."""
    return expect(
        status, owner=refused, colleague=refused, manager=refused, stranger=refused, other_manager=refused
    )


def managers(status: int, refused: int = 403) -> dict[str, int]:
    """`status` for managers and admins."""
    return expect(status, owner=refused, colleague=refused, stranger=refused)


@dataclass
class World:
    """The rows the matrix is tried on; the deal and everything tied to it belong to `people.owner`."""

    people: People
    deal: Deal
    closed_deal: Deal
    member: DealMember
    deal_person: DealPerson
    company: Company
    person: Person
    employment: Employment
    channel: Channel
    legal_entry: LegalEntry
    activity: Activity
    appointment: Activity
    removed: Activity
    follow_up: FollowUp
    attachment: Attachment
    loose_file: Attachment
    mention: Mention
    access_key: AccessKey
    view: SavedView
    question: SavedView
    mailed: MailedQuestion
    card: Card
    lead: Lead
    closed_lead: Lead
    recognition: Recognition
    conversion: LeadConversion
    conversion_job: Job
    prospecting_job: Job
    privacy_request: PrivacyRequest
    proposal: RetentionProposal
    report: PersonReport
    pair: DuplicatePair
    merge: MergeRecord
    other_person: Person
    job: Job
    order: Order
    point: NegotiationPoint
    advice: GuideEntry
    offer_draft: OfferVersion
    offer_sent: OfferVersion
    offer_accepted: OfferVersion
    offer_question: OfferQuestion
    approval: ApprovalRequest
    taken_mail: TakenMail
    rejected_mail: TakenMail
    sent_mail: SentMail
    mail_channel: Channel
    mail_template: MailTemplate
    potential: Potential
    supply: Supply
    call_entry: CallEntry
    brought: Import
    brought_in: Import
    file: ImportFile
    partner: Partner
    deal_partner: DealPartner
    order_partner: OrderPartner
    lead_form: LeadForm
    source_key: SourceKey
    submission: Submission
    scenario: Scenario
    rule: Rule
    rule_hit: RuleHit
    notice: Notice


@dataclass(frozen=True)
class Route:
    """One address with one method, and the status each actor gets.

    `args` and `data` build the address's arguments and the posted data from the world. `follows_deal`: under
    DEAL_VISIBILITY=own everyone who may not edit the deal gets 404 here (or, for a list, an answer without
    its marker text `GEHEIM`, when `is_list`). `headers` for fragments: {"HX-Request": "true"}.
    """

    name: str
    expect: dict[str, int]
    method: str = "get"
    args: Callable[[World], tuple[object, ...]] = lambda world: ()
    data: Callable[[World], dict[str, object]] = lambda world: {}
    follows_deal: bool = False
    is_list: bool = False
    headers: dict[str, str] = field(default_factory=dict)
