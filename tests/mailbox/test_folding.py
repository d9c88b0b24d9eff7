"""Quotes and signatures are folded away, answers between the quotes are not."""

import time

import pytest

from mailbox.folding import fold

ANSWER = "Guten Tag Frau Sommer,\n\nder Preis passt uns.\nWann können Sie liefern?"


@pytest.mark.parametrize(
    "quote",
    [
        "Am 3. November 2026 um 10:15 schrieb Lena Sommer <lena@trichter.example>:\n> Unser Angebot",
        "Am Di., 3. Nov. 2026 um 10:15 Uhr schrieb Lena Sommer <\nlena@trichter.example>:\n\n> Unser Angebot",
        "-----Ursprüngliche Nachricht-----\nVon: Lena\nGesendet: Dienstag\nAn: Petra\n\nUnser Angebot",
        "________________________________\nVon: Lena Sommer\nGesendet: 3.11.2026\nBetreff: Angebot\n\nText",
        "On Tue, Nov 3, 2026 at 10:15 AM Lena Sommer <lena@trichter.example> wrote:\n> our offer",
        "Von meinem iPhone gesendet\n\n> Unser Angebot",
        "> Unser Angebot\n> vom Dienstag",
        "-- \nPetra Weiß\nEinkauf",
    ],
)
def test_what_is_below_the_answer_is_folded(quote):
    folded = fold(f"{ANSWER}\n\n{quote}")

    assert folded.shown == ANSWER
    assert folded.hidden.strip() == quote.strip()


def test_the_signature_below_a_greeting_is_folded_but_not_the_name():
    folded = fold(f"{ANSWER}\n\nMit freundlichen Grüßen\n\nPetra Weiß\nWeiß GmbH\nTel. 030 1234567")

    assert folded.shown.endswith("Mit freundlichen Grüßen\n\nPetra Weiß")
    assert folded.hidden == "Weiß GmbH\nTel. 030 1234567"


def test_answers_between_the_quotes_stay():
    text = "Am 3.11.2026 schrieb Lena <l@t.example>:\n> Wann?\nAm Montag.\n> Wo?\nBei uns."

    assert fold(text).shown == text


def test_a_mail_that_is_nothing_but_a_quote_is_shown():
    text = "> Unser Angebot\n> vom Dienstag"

    folded = fold(text)

    assert (folded.shown, folded.hidden) == (text, "")


@pytest.mark.parametrize(
    "sentence",
    [
        "Am Montag schrieb mir Herr Weiß, dass er kommt.",
        "Von: und zu: das ist die Frage.",
        "Gesendet von Hand zu Hand wird das Paket.",
        "Mit freundlichen Grüßen allein ist es nicht getan!",
    ],
)
def test_sentences_that_only_look_like_one_stay(sentence):
    text = f"{sentence}\nUnd noch ein Satz danach."

    assert fold(text).shown == text


@pytest.mark.parametrize(
    "line", ["On ", "Am x schrieb a\n", "> a\nb\n", "Von: a\n", "-- \n", "_", "<a@", " "]
)
def test_hostile_texts_take_no_time(line):
    began = time.monotonic()

    fold(line * (200_000 // len(line)))

    assert time.monotonic() - began < 2
