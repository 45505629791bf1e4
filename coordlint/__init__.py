"""coordlint: write down how your organisation coordinates, check it, and read it."""

__version__ = "0.1.0"
