"""The model: what an organisation declared, as typed values that know nothing of files' lines or of YAML."""
