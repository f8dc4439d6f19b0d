"""Simulated queues: what would have happened with other arrivals, agents, hours or rules.

No database and no clock: times are seconds from the start of the simulation.
"""
