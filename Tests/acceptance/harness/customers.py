"""A table of hotspot users, and what a question about it has to bring, worked out in Python."""

import re

USERS = "/ip/hotspot/user"

#: name → what is set; the table that the independent clients are asked about.
CUSTOMERS = {
    f"C{number:02}": {
        "name": f"C{number:02}",
        "password": f"p{number}",
        "limit-uptime": f"{number * 7}m",
        "limit-bytes-total": str(number * 1_000),
        "disabled": "yes" if number % 3 == 0 else "no",
        **({"comment": f"shelf {number % 4}"} if number % 2 else {}),
        **({"email": f"c{number}@example.org"} if number % 5 == 0 else {}),
    }
    for number in range(24)
}


def seconds(text):
    """A time span of the router in seconds."""
    units = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
    return sum(int(count) * units[unit] for count, unit in re.findall(r"(\d+)([wdhms])", text))


def names(wanted):
    """The names of the customers that `wanted`, a function of what was set, says yes to; in the router's order."""
    return [name for name, row in CUSTOMERS.items() if wanted(row)]


def text(value):
    """A value as the router writes it, of what a client made of it."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
