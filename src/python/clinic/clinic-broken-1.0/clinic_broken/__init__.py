"""Nobody gets to see this: the hash is looked at first."""
