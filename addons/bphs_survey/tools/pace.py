"""How many answers an open code takes from one place in a while; what is remembered is gone with the process."""

from collections import deque


class Pace:
    """At most so many in so many seconds, for each key; the keys that were quiet longest are forgotten."""

    def __init__(self, most: int, seconds: float, keys: int = 10_000):
        self.most, self.seconds, self.keys = most, seconds, keys
        self._seen = {}

    def admits(self, key: str, moment: float) -> bool:
        """Whether one more is admitted at this moment; counts it if so."""
        times = self._seen.pop(key, None) or deque()
        while times and times[0] <= moment - self.seconds:
            times.popleft()
        self._seen[key] = times  # the last to be forgotten
        while len(self._seen) > self.keys:
            del self._seen[next(iter(self._seen))]
        if len(times) >= self.most:
            return False
        times.append(moment)
        return True
