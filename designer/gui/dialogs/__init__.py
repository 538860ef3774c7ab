"""The windows that open over the main one: samples, export, shortcuts, about."""
