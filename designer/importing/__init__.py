"""From a template back to the architecture that it was exported from."""
