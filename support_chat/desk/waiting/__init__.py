"""How long somebody will wait: a range from what the queue shows of late, or that we cannot say.

The formula is the one for a line that people leave (Erlang-A; Whitt 1999, Management Science 45(2)). Agents
with s slots whose chats last m on average free one every m/s. Whoever has k ahead waits for k + 1 departures,
some of which are of people who give up, at a rate θ each. In a clock that runs by freed slots, and faster as
the line thins out by itself, the wait is a sum of k + 1 exponential times, a Gamma variable, so

    wait = ln(1 + θ·u·m/s) / θ,    u = (k + 1)·(1 − v/9 + z·√v/3)³,    v = 1/(k + 1) + (doubt of m)²

where the cube is the Gamma's quantile (Wilson & Hilferty 1931) and z the normal's, −1.28 and 1.28 for the
10 % and 90 % points. The two z are then moved to where the outcomes of the queue's own predictions lay
(quantile recalibration; Kuleshov, Fenner & Ermon 2018), those who left counting as longer than they
stayed (Kaplan & Meier 1958). Both ends fall with every slot and rise with every place.

Why this one: on simulated queues it scores half of what the trailing 10 % and 90 % points of a queue's own
waits do (`python -m tests.bench waiting`). Tried on the same queues, but no better: following each running
chat by its age, with a renewal process of the empirical handle times behind it; counting those that run
still in the mean handle time; and the leaving of each one ahead by how long they have waited.
"""
