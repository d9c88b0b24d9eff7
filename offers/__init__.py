"""Orders and what was bought; offers grow here."""
