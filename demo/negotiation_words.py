"""What stands on the demo company's paper and in its guide, and what its customers ask for."""

LETTERHEAD = {
    "name": "Trichter Musterbau GmbH",
    "street": "Musterweg 1",
    "postal_code": "80331",
    "city": "München",
    "phone": "+49 89 1234567",
    "email": "angebot@trichter.example",
    "website": "www.trichter.example",
    "register": "Amtsgericht München, HRB 12345",
    "directors": "Erika Muster",
    "vat_id": "DE136695976",
    "bank": "Musterbank München",
    "iban": "DE02 1203 0000 0000 2020 51",
    "bic": "BYLADEM1001",
    "opening_de": "vielen Dank für Ihr Interesse. Gern bieten wir Ihnen an:",
    "opening_en": "thank you for your interest. We are pleased to offer you:",
    "closing_de": "Wir freuen uns auf Ihren Auftrag.",
    "closing_en": "We look forward to your order.",
    "terms_de": "Es gelten unsere Allgemeinen Geschäftsbedingungen.",
    "terms_en": "Our general terms and conditions apply.",
}
# Kind, demand, our answer, kind of what we want in return, and what it is.
DEMANDS = (
    ("price", "5 % Nachlass", "2 % Nachlass", "quantity", "Abnahme von zwei Anlagen"),
    (
        "price",
        "Preis wie beim Mitbewerber",
        "3 % Nachlass auf das Hauptprodukt",
        "term",
        "Zwei Jahre Laufzeit",
    ),
    (
        "delivery",
        "Lieferung zwei Wochen früher",
        "Lieferung eine Woche früher",
        "payment",
        "Anzahlung von 30 %",
    ),
    ("payment", "60 Tage Zahlungsziel", "45 Tage Zahlungsziel", "payment", "Einzugsermächtigung"),
    ("service", "Einweisung ohne Berechnung", "Ein Tag Einweisung", "service", "Referenz mit Namen"),
    ("scope", "Zubehör ohne Aufpreis", "Zubehör zum halben Preis", "term", "Rahmenvertrag für Ersatzteile"),
)
GUIDE = (
    {"kind": "question", "stage": 4, "text": "Was müsste geschehen, damit wir heute einig werden?"},
    {"kind": "question", "stage": 4, "text": "Wer außer Ihnen entscheidet mit, und worauf achtet er?"},
    {"kind": "question", "stage": 3, "text": "Woran messen Sie in einem Jahr, ob sich der Kauf gelohnt hat?"},
    {
        "kind": "argument",
        "motive": "price",
        "text": "Gesamtkosten statt Kaufpreis",
        "answer": "Rechnen Sie Wartung und Ausfall über fünf Jahre mit: dann liegen wir vorn.",
    },
    {
        "kind": "argument",
        "motive": "safety",
        "text": "Ersatzteile zehn Jahre ab Lager",
        "answer": "Schriftlich im Angebot; bei Stillstand sind wir binnen 24 Stunden da.",
    },
    {
        "kind": "argument",
        "motive": "speed",
        "text": "Montage ohne Stillstand",
        "answer": "Wir montieren am Wochenende.",
    },
    {
        "kind": "objection",
        "stage": 4,
        "text": "„Sie sind zu teuer.“",
        "answer": "Verglichen womit? Erst Leistung gegen Leistung legen, dann über den Preis sprechen.",
    },
    {
        "kind": "objection",
        "stage": 4,
        "text": "„Wir müssen das intern noch besprechen.“",
        "answer": "Gern. Welche Fragen werden dort kommen? Die beantworten wir jetzt gemeinsam.",
    },
    {
        "kind": "give",
        "stage": 4,
        "text": "Nachlass bis 3 %",
        "answer": "Nur gegen eine feste Bestellung oder eine längere Laufzeit.",
    },
    {
        "kind": "give",
        "stage": 4,
        "text": "Längeres Zahlungsziel",
        "answer": "Gegen Einzugsermächtigung oder Anzahlung.",
    },
)
