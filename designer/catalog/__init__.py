"""Service kinds, boundaries and relations as data, and the properties that are in effect on a drawn component."""
