"""Questions about an Org and a Run that are not findings, each with its answer as values."""
