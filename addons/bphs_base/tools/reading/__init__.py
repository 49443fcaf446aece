"""Files from outside: opened in a process of their own, whatever their format, and given as rows of exact values."""
