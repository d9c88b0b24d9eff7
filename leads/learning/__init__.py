"""What past leads teach: the chance that a lead becomes a won deal; nothing here knows tables."""
