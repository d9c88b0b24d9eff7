"""The words of the demo company, which sells energy technology to firms and homes; all of it is invented."""

from dataclasses import dataclass
from decimal import Decimal

DOMAIN = "trichter.example"
ADMIN_EMAIL = f"admin@{DOMAIN}"
PASSWORD = "trichter-demo"  # noqa: S105 - shown on the log-in page of the demo

Name = tuple[str, str]


@dataclass(frozen=True)
class Branch:
    """A sales team: who leads it, who sells in it, and where its customers live."""

    name: str
    manager: Name
    reps: tuple[Name, ...]
    # (postal code, place, country)
    places: tuple[tuple[str, str, str], ...]
    # Whose public holidays are free.
    land: str


NORTH = Branch(
    "Nord",
    ("Mara", "Richter"),
    (
        ("Lena", "Sommer"),
        ("Malte", "Petersen"),
        ("Hanna", "Brockmann"),
        ("Tjark", "Lorenzen"),
        ("Svea", "Albers"),
    ),
    (
        ("20457", "Hamburg", "DE"),
        ("24103", "Kiel", "DE"),
        ("28195", "Bremen", "DE"),
        ("30159", "Hannover", "DE"),
        ("18055", "Rostock", "DE"),
        ("26122", "Oldenburg", "DE"),
        ("38100", "Braunschweig", "DE"),
        ("14467", "Potsdam", "DE"),
    ),
    "DE-HH",
)
SOUTH = Branch(
    "Süd",
    ("Stefan", "Hofreiter"),
    (
        ("Jule", "Ambacher"),
        ("Emre", "Yalçın"),
        ("Korbinian", "Thaler"),
        ("Nele", "Fröhlich"),
        ("Jonas", "Wiegand"),
    ),
    (
        ("80331", "München", "DE"),
        ("70173", "Stuttgart", "DE"),
        ("90402", "Nürnberg", "DE"),
        ("86150", "Augsburg", "DE"),
        ("79098", "Freiburg", "DE"),
        ("93047", "Regensburg", "DE"),
        ("89073", "Ulm", "DE"),
        ("60311", "Frankfurt am Main", "DE"),
    ),
    "DE-BY",
)
ALPS = Branch(
    "Österreich und Schweiz",
    ("Claudia", "Wallner"),
    (("Lukas", "Steindl"), ("Aylin", "Demir"), ("Reto", "Zgraggen"), ("Valentina", "Kofler")),
    (
        ("1010", "Wien", "AT"),
        ("4020", "Linz", "AT"),
        ("5020", "Salzburg", "AT"),
        ("8010", "Graz", "AT"),
        ("6020", "Innsbruck", "AT"),
        ("8001", "Zürich", "CH"),
        ("3011", "Bern", "CH"),
        ("9000", "St. Gallen", "CH"),
    ),
    "AT",
)
BRANCHES = (NORTH, SOUTH, ALPS)
ADMIN: Name = ("Tilda", "Kern")
ABSENT, STAND_IN = "malte.petersen", "lena.sommer"
LEAVER, SUCCESSOR = "jonas.wiegand", "nele.froehlich"
NEWCOMER = "svea.albers"
BEST, CAREFUL = "lena.sommer", "tjark.lorenzen"


@dataclass(frozen=True)
class Ware:
    """A product, what one order of it is usually worth, who buys it, and what such a deal is called."""

    number: str
    name: str
    group: str
    unit: str
    price: str
    worth: tuple[int, int]
    titles: tuple[str, ...]
    for_firms: bool = True
    for_homes: bool = False

    @property
    def list_price(self) -> Decimal:
        """Net, per unit."""
        return Decimal(self.price)


WARES = (
    Ware("PV-G100", "Photovoltaik Gewerbedach", "Photovoltaik", "kWp", "1090", (38_000, 260_000),
         ("Dachanlage Halle {n}", "Photovoltaik {k} kWp", "Erweiterung der Dachanlage", "Solardach Neubau")),
    Ware("PV-E10", "Photovoltaik Eigenheim", "Photovoltaik", "kWp", "1420", (11_000, 29_000),
         ("Solardach Einfamilienhaus", "Photovoltaik mit Speicher", "Solardach und Wallbox"),
         for_firms=False, for_homes=True),
    Ware("SP-G60", "Gewerbespeicher 60 kWh", "Speicher", "Stück", "31500", (31_000, 126_000),
         ("Gewerbespeicher Halle {n}", "Lastspitzen kappen", "Notstrom Produktion")),
    Ware("SP-H10", "Heimspeicher 10 kWh", "Speicher", "Stück", "7400", (7_400, 14_800),
         ("Heimspeicher nachrüsten", "Speicher zur Bestandsanlage"), for_firms=False, for_homes=True),
    Ware("LD-P22", "Ladepark 22 kW", "Ladetechnik", "Ladepunkt", "2650", (9_000, 84_000),
         ("Ladepark {n}0 Ladepunkte", "Ladepunkte Kundenparkplatz", "Ladepunkte Fuhrpark")),
    Ware("LD-W11", "Wallbox 11 kW", "Ladetechnik", "Stück", "1190", (1_190, 3_400),
         ("Wallbox Garage", "Zwei Wallboxen Carport"), for_firms=False, for_homes=True),
    Ware("WP-L12", "Luftwärmepumpe", "Wärmepumpen", "Stück", "21800", (21_000, 36_000),
         ("Wärmepumpe statt Gasheizung", "Wärmepumpe Neubau"), for_firms=False, for_homes=True),
    Ware("WP-G40", "Gewerbewärmepumpe 40 kW", "Wärmepumpen", "Stück", "46900", (46_000, 140_000),
         ("Wärmepumpe Verwaltung", "Abwärme nutzen", "Heizzentrale erneuern")),
    Ware("LI-H", "LED-Hallenbeleuchtung", "Beleuchtung", "Leuchte", "385", (8_500, 72_000),
         ("LED Halle {n}", "Beleuchtung Logistikhalle", "LED-Umrüstung Werkstatt")),
    Ware("EM-1", "Energie-Monitoring", "Service", "Jahr", "2400", (2_400, 11_000),
         ("Energie-Monitoring Standort {n}", "Lastgang auswerten")),
    Ware("SV-1", "Wartungsvertrag", "Service", "Jahr", "980", (980, 6_400),
         ("Wartungsvertrag", "Wartung Dachanlage"), for_homes=True),
)  # fmt: skip

SOURCES = (
    "Empfehlung",
    "Website",
    "Messe",
    "Telefonakquise",
    "Telefon (eingehend)",
    "Newsletter",
    "Partner",
    "Bestandskunde",
)

FIRM_NAMES = (
    "Ahornfels", "Brockfels", "Lerchquell", "Tannwerder", "Ostervik", "Grauenstein", "Falkrode",
    "Birkentor", "Hellingbach", "Wolkramer", "Moorlander", "Silberkamp", "Eschwinkel", "Drosselhof",
    "Kaltenriede", "Steinwarder", "Habichtsee", "Rabengrund", "Lindwerk", "Erlenborn", "Weidhorst",
    "Krummental", "Sandelhus", "Fichtbrink", "Otterlake", "Kranichfels", "Hagenquist", "Nordmoor",
    "Alpspitzner", "Gletscherblick", "Enzianer", "Murmelbach", "Zirbenhof", "Schneekogler", "Auerthal",
    "Vollmarin",
)  # fmt: skip
INDUSTRIES = (
    ("Metallbau", "Metallverarbeitung"),
    ("Maschinenbau", "Maschinenbau"),
    ("Kunststofftechnik", "Kunststoff"),
    ("Möbelwerk", "Holz und Möbel"),
    ("Backwaren", "Lebensmittel"),
    ("Molkerei", "Lebensmittel"),
    ("Brauerei", "Lebensmittel"),
    ("Logistik", "Spedition und Lager"),
    ("Druckhaus", "Druck und Verpackung"),
    ("Verpackungen", "Druck und Verpackung"),
    ("Autohaus", "Kfz-Handel"),
    ("Hotel", "Gastgewerbe"),
    ("Seniorenstift", "Pflege"),
    ("Gartenbau", "Gartenbau"),
    ("Wohnbau", "Wohnungswirtschaft"),
    ("Feinmechanik", "Feinmechanik"),
    ("Textil", "Textil"),
    ("Baustoffe", "Baustoffhandel"),
    ("Kellerei", "Lebensmittel"),
    ("Medizintechnik", "Medizintechnik"),
)
LEGAL_FORMS = {
    "DE": ("GmbH", "GmbH", "GmbH & Co. KG", "KG", "AG", "e. K."),
    "AT": ("GmbH", "GmbH", "KG", "AG"),
    "CH": ("AG", "AG", "GmbH"),
}
STREETS = (
    "Werkstraße",
    "Industriestraße",
    "Am Kanal",
    "Gewerbering",
    "Mühlenweg",
    "Hafenstraße",
    "Lindenallee",
    "Gartenweg",
    "Am Anger",
    "Bergstraße",
    "Schulstraße",
    "Wiesengrund",
)

WOMEN = (
    "Anja", "Birgit", "Carolin", "Daniela", "Elif", "Franziska", "Gesa", "Heike", "Inga", "Jana", "Katrin",
    "Leonie", "Margarete", "Nadine", "Olga", "Petra", "Ruth", "Sabine", "Theresa", "Ulrike", "Verena",
    "Wiebke",
)  # fmt: skip
MEN = (
    "Andreas", "Bernd", "Christoph", "Dirk", "Enno", "Florian", "Georg", "Holger", "Ivo", "Jan", "Klaus",
    "Lars", "Mehmet", "Norbert", "Oliver", "Paul", "Ralf", "Sören", "Thomas", "Urs", "Volker", "Wolfgang",
)  # fmt: skip
SURNAMES = (
    "Achterberg", "Bruns", "Cordes", "Dannemann", "Ehlers", "Feddersen", "Gröning", "Hartwig", "Immel",
    "Jäger", "Köhler", "Lehmkuhl", "Möller", "Niebuhr", "Oehler", "Pfeiffer", "Quast", "Rothe", "Süß",
    "Tiedemann", "Uhl", "Voß", "Wrede", "Zeller", "Aigner", "Bichler", "Danner", "Eder", "Gasser",
    "Hinteregger", "Inauen", "Kälin", "Moser", "Obermayr", "Pichler", "Rüegg", "Schöpf", "Tschudi",
    "Unterweger", "Zurbriggen",
)  # fmt: skip
POSITIONS = {
    "decision_maker": ("Geschäftsführung", "Technische Leitung", "Inhaber", "Kaufmännische Leitung"),
    "influencer": ("Einkauf", "Energiemanagement", "Instandhaltung", "Controlling"),
    "user": ("Produktionsleitung", "Haustechnik", "Fuhrpark"),
    "gatekeeper": ("Zentrale", "Assistenz der Geschäftsführung"),
}
