"""Routes of the mail."""

from django.urls import path

from mailbox.views.offers import offer_send
from mailbox.views.queue import (
    mail_assign,
    mail_detail,
    mail_lead,
    mail_queue,
    mail_raw,
    mail_reject,
    mail_requeue,
)
from mailbox.views.templates import signature, template_add, template_archive, template_edit, template_list
from mailbox.views.writing import mail_write, sent_again, sent_give_up, whole_mail

app_name = "mailbox"
urlpatterns = [
    path("", mail_queue, name="mail_queue"),
    path("taken/<int:pk>/", mail_detail, name="mail_detail"),
    path("taken/<int:pk>/raw/", mail_raw, name="mail_raw"),
    path("taken/<int:pk>/assign/", mail_assign, name="mail_assign"),
    path("taken/<int:pk>/lead/", mail_lead, name="mail_lead"),
    path("taken/<int:pk>/reject/", mail_reject, name="mail_reject"),
    path("taken/<int:pk>/requeue/", mail_requeue, name="mail_requeue"),
    path("write/<subject:kind>/<int:pk>/", mail_write, name="mail_write"),
    path("offers/<int:pk>/send/", offer_send, name="offer_send"),
    path("entries/<int:pk>/", whole_mail, name="whole_mail"),
    path("sent/<int:pk>/again/", sent_again, name="sent_again"),
    path("sent/<int:pk>/give-up/", sent_give_up, name="sent_give_up"),
    path("templates/", template_list, name="template_list"),
    path("templates/add/", template_add, name="template_add"),
    path("templates/<int:pk>/edit/", template_edit, name="template_edit"),
    path("templates/<int:pk>/archive/", template_archive, name="template_archive"),
    path("signature/", signature, name="signature"),
]
