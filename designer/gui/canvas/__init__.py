"""The drawing: a scene of components, wires and boundaries, the view on it, and one class per gesture."""
