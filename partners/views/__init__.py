"""Pages and panels of partners."""
