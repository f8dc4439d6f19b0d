"""Bugs to be found: patches of a server or a client that live for one run. None of them is in the product."""
