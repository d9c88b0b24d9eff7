"""Where inquiries come in: web forms, the HTTP endpoint, quick entry, visits of one's own web sites."""
