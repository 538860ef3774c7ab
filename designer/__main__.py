"""`python -m designer`: the same program as the `aws-designer` command."""

import sys

from designer.cli.main import main

if __name__ == "__main__":
    if sys.argv[1:] == ["--validation-worker"]:
        # What a window's validation runs in; it must not load what the commands load.
        from designer.cloudformation.validation import worker

        worker.main()
        sys.exit()
    sys.exit(main())
