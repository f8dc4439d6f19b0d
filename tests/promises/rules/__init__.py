"""The rules of the house as functions: each takes a source and names what breaks the rule, if anything."""
