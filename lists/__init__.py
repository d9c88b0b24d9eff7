"""What all lists share: columns, choosing many rows, files and their log, saved views."""
