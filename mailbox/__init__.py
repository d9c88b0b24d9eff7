"""Mail written from the CRM and taken in from mailboxes."""
