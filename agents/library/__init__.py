"""The library of canned replies and macros, as people keep it: plain pages and forms, in and out as files."""
