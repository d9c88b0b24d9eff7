"""What a customer needs in a year, and how much of it we sell."""
