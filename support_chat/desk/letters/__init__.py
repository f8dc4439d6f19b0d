"""Mail as it is written at the moment of sending: whoever asked for it kept references, not words.

A kind of letter is a function in `kinds.py`. In no letter stands what only the team may read; in no subject a
stranger's words.
"""
