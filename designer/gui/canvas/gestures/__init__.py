"""One class per gesture: each begins with a press, a key or a drag from outside and ends in at most one undo step."""
