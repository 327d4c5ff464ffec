"""What knows nothing of projects: in come plain values and files, out come the same, read or written safely; imports no other room."""
