"""python -m tools.spectral"""

import sys

from tools.spectral import main

sys.exit(main())
