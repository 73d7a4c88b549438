"""The data sets of this home by name: imported, prepared, trained, measured, deleted."""
