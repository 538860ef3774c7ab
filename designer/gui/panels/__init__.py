"""The docks around the canvas: palette, inspector, findings and template."""
