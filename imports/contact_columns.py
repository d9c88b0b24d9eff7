"""The columns that companies and persons have in common, under the names that the usual systems give them."""

from django.utils.translation import gettext_lazy as _

from imports.column_specs import Column, ColumnKind


def tags_column() -> Column:
    """Words to sort by, several in a cell."""
    names = (
        "tags, tag, schlagwort, schlagworte, schlagwörter, label, labels, stichworte, merkmale, kategorien"
    )
    return Column("tags", _("tags"), names, longest=1000)


def reach_columns() -> list[Column]:
    """How to reach a company or a person, under the names that the usual systems give it."""
    return [
        Column(
            "phone",
            _("Phone"),
            "phone, phone number, telefon, telefonnummer, tel, telefon zentrale, business phone, phone work, "
            "telefon geschäftlich, main phone, festnetz, work phone, telephone",
            ColumnKind.PHONE,
        ),
        Column(
            "phone_2",
            _("Second phone"),
            "phone 2, telefon 2, business phone 2, other phone, home phone, phone home, telefon privat, "
            "phone other, telefon geschäftlich 2",
            ColumnKind.PHONE,
        ),
        Column(
            "mobile",
            _("Mobile"),
            "mobile, mobile phone, mobile phone number, mobilephone, handy, mobil, mobiltelefon, "
            "phone mobile, "
            "mobilnummer, handynummer",
            ColumnKind.PHONE,
        ),
        Column(
            "email",
            _("E-mail"),
            "email, e mail, e mail adresse, email address, mail, email work, e mail address, mailadresse",
            ColumnKind.EMAIL,
        ),
        Column(
            "email_2",
            _("Second e-mail"),
            "email 2, e mail 2, e mail 2 adresse, e mail 2 address, secondary email, email other, "
            "email home, "
            "other email, email 1",
            ColumnKind.EMAIL,
        ),
        Column(
            "web",
            _("Web site"),
            "website, website url, web site, web, homepage, url, internet, internetseite, webseite, "
            "company domain name, domain, web page",
            ColumnKind.WEB,
        ),
        Column(
            "linkedin",
            "LinkedIn",
            "linkedin, linkedin url, linkedin profile, linkedin company page, linkedin profil, linkedin bio",
            ColumnKind.LINKEDIN,
        ),
        Column("xing", "XING", "xing, xing url, xing profile, xing profil", ColumnKind.XING),
        Column(
            "profile",
            _("other profile"),
            "profile, profil, social profile, facebook, facebook company page, instagram, twitter, youtube",
            ColumnKind.PROFILE,
        ),
        Column(
            "street",
            _("street and number"),
            "street, street address, billing street, billingstreet, mailing street, mailingstreet, "
            "business street, straße, strasse, straße und hausnummer, anschrift, adresse, address, "
            "address line 1, straße geschäftlich",
            longest=120,
        ),
        Column(
            "postal_code",
            _("postal code"),
            "postal code, zip, zip code, plz, postleitzahl, billing zip postal code, billing code, "
            "billingpostalcode, mailing zip, mailing zip postal code, mailingpostalcode, mailing code, "
            "business postal code, billing zip, zip postal code, postalcode, zip code of address",
            longest=12,
        ),
        Column(
            "city",
            _("place"),
            "city, ort, stadt, billing city, billingcity, mailing city, mailingcity, business city, wohnort, "
            "town, city town village locality of address, registered office, sitz",
            longest=80,
        ),
        Column(
            "country",
            _("country"),
            "country, country region, land, staat, billing country, billingcountry, mailing country, "
            "mailingcountry, business country region, country of address",
            ColumnKind.COUNTRY,
        ),
    ]
