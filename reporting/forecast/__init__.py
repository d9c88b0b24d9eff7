"""The forecast: what today's open deals, and those still to come, will bring. Method: docs/forecast.md."""
