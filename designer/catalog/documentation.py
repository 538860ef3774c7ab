"""Where AWS documents what a property of the catalog sets."""

from __future__ import annotations

from designer.catalog.entries import Property

_REFERENCE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference"


def property_page(prop: Property) -> str:
    """The address of the page about a property; empty where none is known.

    The pages of CloudFormation's reference are named after the resource type (aws-resource-sqs-queue) or the property
    type (aws-properties-ec2-launchtemplate-ebs), with an anchor for each property (cfn-sqs-queue-delayseconds).
    """
    if prop.link or not prop.sets:
        return prop.link
    resource, *rest = prop.sets.split(".")
    _aws, service, name = (part.lower() for part in resource.split("::"))
    words = [service, name, *(part.lower() for part in rest)]
    page = "aws-resource" if len(rest) == 1 else "aws-properties"
    return f"{_REFERENCE}/{'-'.join([page, *words[:-1]])}.html#{'-'.join(['cfn', *words])}"
