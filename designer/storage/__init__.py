"""Architecture files: reading, writing, migrating, the autosave journal and the samples."""
