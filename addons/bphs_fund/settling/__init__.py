"""What stands between the records and the money core: loads a county in sets, writes results in bulk."""
