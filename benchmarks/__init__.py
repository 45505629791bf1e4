"""How long coordlint takes, as ratios to what else a machine does with the same files."""
