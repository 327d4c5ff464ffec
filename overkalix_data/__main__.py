"""`python -m overkalix_data` is the command `overkalix`."""

import sys

from overkalix_data.cli import main

sys.exit(main())
