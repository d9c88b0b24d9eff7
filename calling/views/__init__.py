"""Requests to answers, by what they are about."""
