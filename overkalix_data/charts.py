"""The charts by their public name: `from overkalix_data import charts`; they are made in `outputs.charts`."""

from overkalix_data.outputs.charts import *  # noqa: F403
from overkalix_data.outputs.charts import __all__ as __all__
