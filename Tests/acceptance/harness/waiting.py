"""Waiting for something that another process does."""

import time


def wait_until(what, condition, within, every=0.05):
    """Returns the first true value of condition(); fails after `within` seconds, saying what was awaited and seen.

    Time in which the machine stood still does not count: nobody could have done anything in it.
    """
    deadline = time.monotonic() + within
    while True:
        seen = condition()
        if seen:
            return seen
        if time.monotonic() >= deadline:
            raise AssertionError(f"not within {within} s: {what}; last seen: {seen!r}")
        began = time.monotonic()
        time.sleep(every)
        deadline += max(0, time.monotonic() - began - every - 0.1)
