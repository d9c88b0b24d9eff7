"""Fields a company adds to its customers and deals."""
