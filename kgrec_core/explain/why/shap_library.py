"""What is used of the shap library, taken in without its compiling.

shap marks some small loops to be compiled by numba when they are first called, which takes 4 to 8 seconds of the first
explanation; run as they stand they cost some milliseconds each. numba decides when a function is defined, so its
compiling is off only while shap is imported: other users of numba in the process keep theirs. Where shap was imported
before, it stays as it is.
"""

from __future__ import annotations

from typing import Any

import numba

_settings: Any = numba.config
_compiles = _settings.DISABLE_JIT
_settings.DISABLE_JIT = 1
try:
    from shap.explainers import ExactExplainer, PartitionExplainer
    from shap.maskers import Text
finally:
    _settings.DISABLE_JIT = _compiles

__all__ = ["ExactExplainer", "PartitionExplainer", "Text"]
