"""Routes of the mail: writing follows what one may see, the queue is open to all, managers keep templates."""

from tests.permissions.declare import Route, World, editors, expect, managers


def beside_deal(world: World) -> tuple[object, ...]:
    return ("deals", world.deal.pk)


def taken(world: World) -> tuple[object, ...]:
    return (world.taken_mail.pk,)


def rejected(world: World) -> tuple[object, ...]:
    return (world.rejected_mail.pk,)


def sent(world: World) -> tuple[object, ...]:
    return (world.sent_mail.pk,)


def template(world: World) -> tuple[object, ...]:
    return (world.mail_template.pk,)


TEMPLATE = {"name": "Danke", "language": "de", "subject": "Danke", "text": "{Anrede}", "version": 1}

ROUTES = [
    Route("mailbox:mail_queue", expect(200)),
    Route("mailbox:mail_detail", expect(200), args=taken),
    Route("mailbox:mail_raw", expect(200), args=taken),
    Route("mailbox:mail_assign", expect(200), args=taken),
    Route(
        "mailbox:mail_assign", expect(302), "post", taken, lambda w: {"person": w.person.pk, "remember": "on"}
    ),
    Route("mailbox:mail_lead", expect(302), "post", taken),
    Route("mailbox:mail_reject", expect(200), args=taken),
    Route("mailbox:mail_reject", expect(302), "post", taken, lambda w: {"reason": "spam"}),
    Route("mailbox:mail_requeue", expect(302), "post", rejected),
    Route("mailbox:mail_write", expect(200), args=beside_deal, follows_deal=True),
    Route(
        "mailbox:mail_write",
        expect(302),
        "post",
        beside_deal,
        lambda w: {
            "to": w.mail_channel.pk,
            "subject": "Angebot",
            "text": "Guten Tag",
            "purpose": "contract",
            "form_key": "7d7a2b3e-1f0c-4b66-9a43-5b0c9a1f8f10",
        },
        follows_deal=True,
    ),
    Route("mailbox:whole_mail", expect(200), args=lambda w: (w.sent_mail.activity_id,), follows_deal=True),
    Route("mailbox:sent_again", editors(302), "post", sent, follows_deal=True),
    Route("mailbox:sent_give_up", editors(302), "post", sent, follows_deal=True),
    Route("mailbox:template_list", expect(200)),
    Route("mailbox:template_add", managers(200)),
    Route("mailbox:template_add", managers(302), "post", data=lambda w: TEMPLATE),
    Route("mailbox:template_edit", managers(200), args=template),
    Route("mailbox:template_edit", managers(302), "post", template, lambda w: TEMPLATE),
    Route("mailbox:template_archive", managers(302), "post", template),
    Route("mailbox:signature", expect(200)),
    Route("mailbox:signature", expect(302), "post", data=lambda w: {"text": "Gruß"}),
]
