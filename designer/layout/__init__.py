"""Where components stand and wires run: pure functions over tuples."""
