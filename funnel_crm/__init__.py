"""The project: settings, routes of addresses and events, and the processes that run them."""
