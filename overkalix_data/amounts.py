"""Sums of kronor by their public name: `from overkalix_data import amounts`; they are computed in `analyse.kronor`."""

from overkalix_data.analyse.kronor import *  # noqa: F403
from overkalix_data.analyse.kronor import __all__ as __all__
