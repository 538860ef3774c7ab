"""The drawings of the rules, and of those that have more to mend than the shortest one that they speak of."""

from __future__ import annotations

from tests.analysis.drawings import rule_drawings

_ELSEWHERE = "users: users; f: lambda; users requests f; flow: entry=users"
_FURTHER = {
    "CPL-09": [
        "users: users; lb: elb; web: ecs; users requests lb; lb routes web; "
        + "; ".join(f"t{n}: lambda; web invokes t{n}" for n in range(6))
    ],
    "SPOF-01": [
        "users: users; lb: elb; web: asg min=1; users requests lb; lb routes web",
        "users: users; s: ec2; users requests s; db: rds deployment=single zones=a; s queries db",
        "settings: nat=single; f: ecs; g: ecs; q: sqs; f sends q; q feeds g",
    ],
    "EC2-01": ["net: vpc; pub: tier access=public in=net; s: ec2 in=pub; q: sqs; q feeds s; c: ecs in=net; c calls s"],
    "LAM-08": ["users: users; a: lambda; b: lambda; users requests a; a invokes b"],
    "NET-08": ["one: vpc; two: vpc; a: ecs in=one; b: ecs in=two; c: ecs; a calls c"],
    "SQS-07": ["p: lambda; t: sns; q: sqs; a: ecs; f: lambda; p sends q; t delivers q; q feeds a; q triggers f"],
    # Off every flow that is drawn no proof takes the place of these.
    "ELB-04": [f"{_ELSEWHERE}; lb: elb; s: ecs desired=1; lb routes s", f"{_ELSEWHERE}; lb: elb; s: ec2; lb routes s"],
    "LAM-03": [f"{_ELSEWHERE}; g: lambda zones=a; db: rds; g queries db"],
    "SPOF-04": [f"{_ELSEWHERE}; lb: elb; a: ec2 zones=a; b: ec2 zones=a; lb routes a; lb routes b"],
    "CPL-02": ["a: ecs; l: elb; b: ecs; a calls l; l routes b; b calls a"],
}

DRAWINGS = [
    (rule, text) for rule, (speaks, _) in sorted(rule_drawings().items()) for text in [*speaks, *_FURTHER.get(rule, [])]
]
"""Each rule with one drawing that it speaks of."""
