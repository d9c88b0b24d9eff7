"""What is bought: by whom, how much of it, together with what, and what could be bought besides."""
