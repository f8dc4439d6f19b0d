"""Every change that spans rows or tells anyone: one verb each, keyword-only, returns the thing."""
