"""From an architecture to a CloudFormation template: fragments, their assembly, the network, and the text."""
