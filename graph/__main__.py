"""`python -m graph` is `finegraph`."""

import sys

from graph.cli import main

sys.exit(main())
