"""Words that names and texts of the measured company are made of."""

SURNAMES = (
    "Albrecht", "Bauer", "Becker", "Berger", "Böhm", "Brandt", "Busch", "Dietrich", "Ernst", "Fischer",
    "Franke", "Friedrich", "Fuchs", "Graf", "Groß", "Günther", "Haas", "Hahn", "Hartmann", "Heinrich",
    "Herrmann", "Hofmann", "Horn", "Huber", "Jäger", "Jung", "Kaiser", "Keller", "Klein", "Koch", "Köhler",
    "König", "Krämer", "Krause", "Kuhn", "Lang", "Lehmann", "Lorenz", "Ludwig", "Maier", "Martin", "Mayer",
    "Meyer", "Möller", "Müller", "Neumann", "Otto", "Peters", "Pfeiffer", "Pohl", "Richter", "Roth",
    "Sauer", "Schäfer", "Schmidt", "Schneider", "Scholz", "Schröder", "Schulz", "Schuster", "Schwarz",
    "Seidel", "Simon", "Sommer", "Stein", "Thomas", "Vogel", "Vogt", "Voigt", "Wagner", "Walter", "Weber",
    "Weiß", "Werner", "Winkler", "Winter", "Wolf", "Ziegler", "Zimmermann",
)  # fmt: skip
FIRST_NAMES = (
    "Anna", "Anton", "Bernd", "Birgit", "Carla", "Christian", "Claudia", "David", "Elena", "Emil", "Eva",
    "Felix", "Franziska", "Georg", "Gisela", "Hanna", "Heike", "Ingo", "Jan", "Julia", "Karin", "Klaus",
    "Lena", "Lukas", "Maria", "Markus", "Nina", "Oliver", "Paula", "Petra", "Ralf", "Sabine", "Stefan",
    "Tanja", "Thomas", "Uwe",
)  # fmt: skip
TRADES = (
    "Metallbau", "Elektrotechnik", "Maschinenbau", "Haustechnik", "Logistik", "Medizintechnik",
    "Kunststofftechnik", "Fensterbau", "Druckerei", "Werkzeugbau", "Lebensmittel", "Gebäudetechnik",
    "Fahrzeugbau", "Verpackung", "Anlagenbau", "Brauerei", "Zimmerei", "Spedition", "Energietechnik",
    "Feinmechanik",
)  # fmt: skip
FORMS = ("GmbH", "GmbH & Co. KG", "AG", "KG", "e. K.")
TOWNS = (
    "Kassel", "Hamburg", "Münster", "Leipzig", "Augsburg", "Bremen", "Erfurt", "Freiburg", "Graz", "Linz",
    "Zürich", "Basel", "Köln", "Bonn", "Mainz", "Ulm", "Kiel", "Rostock", "Jena", "Bochum",
)  # fmt: skip
POSITIONS = ("Einkauf", "Geschäftsführung", "Technische Leitung", "Produktion", "Verwaltung")
SUBJECTS = (
    "Förderanlage", "Wartungsvertrag", "Steuerung", "Hallentor", "Lüftung", "Prüfstand", "Regalsystem",
    "Kompressor", "Photovoltaik", "Wärmepumpe", "Schaltschrank", "Umbau", "Ersatzteile", "Schulung",
    "Software",
)  # fmt: skip
OCCASIONS = (
    "für das neue Werk", "als Ersatz", "mit Montage", "zur Probe", "für zwei Standorte", "im Rahmenvertrag",
)  # fmt: skip
NOTES = (
    "Möchte vor allem Betriebssicherheit, der Preis steht an zweiter Stelle.",
    "Rückfrage zur Lieferzeit, sonst einverstanden.",
    "Hat ein Angebot des Mitbewerbers vorliegen und vergleicht.",
    "Entscheidung fällt nach der Besprechung mit der Geschäftsführung.",
    "Bittet um einen Termin vor Ort, um die Halle zu zeigen.",
)
NEXT_STEPS = (
    "Angebot nachfassen", "Termin vereinbaren", "Unterlagen senden", "Rückruf", "Vertrag prüfen lassen",
)  # fmt: skip
SOURCES = ("Empfehlung", "Messe", "Kaltakquise", "Website", "Bestandskunde", "Anzeige")
PRODUCTS = 40
