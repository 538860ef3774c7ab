"""Validation of CloudFormation templates, the program's own or anybody's, before anything is deployed.

`judges.validate` is the way in; `client.ValidationProcess` is the same in a process of its own.
"""
