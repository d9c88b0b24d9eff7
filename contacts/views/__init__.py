"""Pages and fragments of the customer database."""
