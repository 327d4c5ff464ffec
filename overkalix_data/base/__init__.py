"""What knows nothing of projects: plain values and files, read and written safely; imports no other room."""
