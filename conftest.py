"""Every test run, notebooks included, works on the repository's own articles and exports figures elsewhere."""

import os
import tempfile

from analysis.report import PARAMETERS

for parameter in PARAMETERS:
    os.environ.pop(parameter, None)
_exported = tempfile.TemporaryDirectory(prefix="figures-")
os.environ["FIGURES"] = os.environ["NETWORKS"] = _exported.name
