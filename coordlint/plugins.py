"""Modules that a command line names in, their rules out: the only way in for code that is not coordlint's own."""
