"""Dependency model, failure engine, coupling metrics and rules."""
