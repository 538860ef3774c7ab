"""Automatic layout: where components and boundaries go, worked out from their sizes, nesting and wires alone."""
