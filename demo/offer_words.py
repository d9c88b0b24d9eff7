"""What stands in the offers of the demo company, in German, as its customers read it."""

INTRO = "vielen Dank für das Gespräch und Ihr Interesse. Gern bieten wir Ihnen an:"
CLOSING = "Wir freuen uns auf Ihren Auftrag. Bei Fragen rufen Sie uns gern an."
NOTE = "Gerüst und Netzanschluss werden nach Aufwand berechnet, sofern nicht anders vereinbart."
DELIVERIES = (
    "Lieferung und Montage etwa 8 Wochen nach Auftrag",
    "Lieferung frei Haus, Montage nach Absprache",
    "Ausführung innerhalb von 12 Wochen nach Auftrag",
)
QUESTIONS = [
    (
        "Ist die Anmeldung beim Netzbetreiber im Preis enthalten?",
        "Ja, Anmeldung und Inbetriebnahme sind enthalten.",
    ),
    (
        "Wie lange gilt die Garantie auf die Anlage?",
        "Zehn Jahre auf das Produkt, zwei Jahre auf die Montage.",
    ),
    ("Können Sie die Montage an einem Samstag durchführen?", "Ja, gegen einen Zuschlag nach Absprache."),
    (
        "Gibt es bei zwei Standorten einen besseren Preis?",
        "Ab zwei Standorten gewähren wir drei Prozent Nachlass.",
    ),
]
DESCRIPTIONS = {
    "PV-G100": ("Module, Wechselrichter, Unterkonstruktion und Montage", "Commercial roof photovoltaics"),
    "PV-E10": ("Module, Wechselrichter und Montage für Ihr Dach", "Home photovoltaics"),
    "SP-G60": ("Lithium-Eisenphosphat, mit Energiemanagement und Notstrom", "Commercial storage 60 kWh"),
    "SP-H10": ("Lithium-Eisenphosphat, mit Notstrom", "Home storage 10 kWh"),
    "LD-P22": ("Ladepunkt mit Abrechnung und Lastmanagement", "Charging point 22 kW"),
    "LD-W11": ("Mit Anschluss und Anmeldung", "Wallbox 11 kW"),
    "WP-L12": ("Mit Pufferspeicher und Inbetriebnahme", "Air heat pump"),
    "WP-G40": ("Mit Regelung und Inbetriebnahme", "Commercial heat pump 40 kW"),
    "LI-H": ("180 lm/W, mit Präsenzmelder", "LED high bay light"),
    "EM-1": ("Messung, Auswertung und Bericht jeden Monat", "Energy monitoring"),
    "SV-1": ("Jährliche Wartung mit Protokoll", "Maintenance contract"),
}
