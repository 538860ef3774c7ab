"""The architecture as plain objects: what is drawn, how it is edited, what changed. No Qt, no files, no AWS facts."""
