"""What can be worked out from an Org. Each module answers one family of questions; the Org remembers the answers."""
