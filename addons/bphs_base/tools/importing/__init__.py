"""A file from outside becomes rows: its headings, its cells, what goes back to who sent it."""
