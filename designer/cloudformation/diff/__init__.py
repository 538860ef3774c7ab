"""What an update would change: two templates compared by meaning, and two texts of one template compared by line."""
