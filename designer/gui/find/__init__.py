"""Finding things in the drawing: by name, kind, property, note and finding."""
