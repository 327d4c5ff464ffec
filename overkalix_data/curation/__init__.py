"""What people add: in come the form and the curated files, out come additions and outcomes; imports what is below."""
