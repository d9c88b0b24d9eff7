"""Requests of the mail."""
