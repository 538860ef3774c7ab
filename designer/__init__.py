"""The AWS architecture designer: draw an architecture, see what breaks it, export CloudFormation that deploys."""

__version__ = "0.1.0"
