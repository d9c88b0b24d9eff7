"""How good the data is, and whether the CRM is used."""
