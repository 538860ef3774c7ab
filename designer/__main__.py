"""`python -m designer`: the same program as the `aws-designer` command."""

import sys

from designer.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
