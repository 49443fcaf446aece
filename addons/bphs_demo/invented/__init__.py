"""Invented residents: for the demo, for measuring, for trying imports. No real person can be among them."""
