"""The command `aws-designer`: opens the window and holds the commands that need none."""
