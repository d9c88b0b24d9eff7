"""What the demo company's people write down: why deals were lost, calls, visits, notes, next steps."""

# What is lost where, and why: code of the reason -> weight.
LOSSES: dict[int, dict[str, int]] = {
    1: {"no_need": 45, "not_reached": 35, "budget": 5, "postponed": 10, "other": 5},
    2: {"no_appointment": 45, "no_need": 25, "not_reached": 10, "postponed": 15, "competitor": 5},
    3: {"price": 30, "competitor": 25, "no_answer": 25, "scope": 12, "postponed": 8},
    4: {"price": 45, "competitor": 25, "budget": 20, "scope": 10},
    5: {"budget": 40, "postponed": 35, "other": 25},
}
LOSS_NOTES = (
    "Der Standort wird aufgegeben.",
    "Der Bruder übernimmt den Auftrag.",
    "Die Förderung ist ausgelaufen.",
)

# Notes of calls by result, of appointments and of notes by stage.
CALL_NOTES: dict[str, tuple[str, ...]] = {
    "not_reached": ("", "", "Mailbox, keine Nachricht hinterlassen.", "Ist bis Donnerstag im Urlaub."),
    "front_desk": (
        "Zentrale verbindet nicht, Rückruf versprochen.",
        "Durchwahl erfahren.",
        "Zuständig ist die Technik.",
    ),
    "decision_maker": (
        "Strompreis ist Thema, will Zahlen sehen.",
        "Entscheidet zusammen mit der Technik.",
        "Fragt nach Lieferzeit und Förderung.",
        "Legt Wert auf einen festen Ansprechpartner.",
    ),
    "appointment": (
        "Termin vor Ort vereinbart.",
        "Möchte die Halle zeigen, Termin steht.",
        "Termin mit Technik und Einkauf.",
    ),
    "no_need": ("Hat im letzten Jahr gekauft.", "Mietet nur, der Eigentümer baut nicht."),
    "call_back": ("Soll nach der Inventur noch einmal anrufen.", "Bittet um Rückruf in der nächsten Woche."),
    "objection": (
        "Das Vergleichsangebot ist günstiger.",
        "Zweifel an der Statik des Dachs.",
        "Die Amortisation dauert ihm zu lange.",
    ),
}
VISIT_NOTES = (
    "Dach besichtigt, Statik unkritisch. Zählerschrank muss erneuert werden.",
    "Rundgang mit der Technik, Lastgang bekommen.",
    "Zwei Entscheider am Tisch. Sicherheit der Versorgung zählt mehr als der Preis.",
    "Standort vermessen, Leitungswege geklärt.",
)
LETTERS = (
    ("Muster und Datenblätter", "Datenblätter und zwei Referenzen per Post."),
    ("Vertragsentwurf", "Entwurf in zwei Ausfertigungen, mit der Bitte um Durchsicht."),
)
MEETING_NOTES = (
    "Wirtschaftlichkeit am Bildschirm durchgerechnet.",
    "Technische Fragen mit der Planung geklärt.",
    "Angebot Punkt für Punkt besprochen, zwei Fragen offen.",
)
STAGE_NOTES: dict[int, tuple[str, ...]] = {
    1: (
        "Auf der Website: neue Halle im Bau.",
        "Über eine Empfehlung genannt.",
        "Handelsregister: Geschäftsführung gewechselt.",
    ),
    2: ("Unterlagen geschickt.", "Interesse an Eigenverbrauch, Speicher später."),
    3: (
        "Angebot übergeben und Punkt für Punkt besprochen.",
        "Fragt nach Ratenzahlung.",
        "Wünscht eine Variante mit Speicher.",
    ),
    4: (
        "Will 4 % Nachlass, bietet eine schnelle Zusage.",
        "Zahlungsziel 45 Tage gegen Referenznennung.",
        "2. Runde: Montage in zwei Abschnitten.",
    ),
    5: ("Die Bestellung liegt zur Unterschrift.", "Auftragsbestätigung unterwegs."),
}
NEXT_STEPS: dict[int, tuple[tuple[str, str], ...]] = {
    1: (
        ("call", "Entscheider herausfinden"),
        ("call", "Zentrale anrufen"),
        ("other", "Website und Register prüfen"),
    ),
    2: (
        ("call", "Termin vor Ort vereinbaren"),
        ("call", "Rückruf wie besprochen"),
        ("mail", "Unterlagen schicken"),
    ),
    3: (
        ("call", "Zum Angebot nachfassen"),
        ("visit", "Angebot vor Ort besprechen"),
        ("mail", "Variante nachreichen"),
    ),
    4: (
        ("call", "Antwort auf die Forderung"),
        ("visit", "Verhandlung, 2. Runde"),
        ("mail", "Zahlungsplan schicken"),
    ),
    5: (("call", "Nach der Bestellung fragen"), ("mail", "Auftragsunterlagen schicken")),
}
