"""An architecture as a CloudFormation template: fragments, network, assembly, YAML."""
