"""What writes each group of fixtures."""
