"""Walk over the quads of a mesh: rings of edges around an eye or the mouth."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from avatarify.synthetic.mesh import Ints


class QuadWalk:
    """Neighborhoods in a quad mesh."""

    def __init__(self, quads: Ints) -> None:
        """``quads``: (n, 4) vertex indices."""
        self._faces: dict[frozenset[int], set[int]] = defaultdict(set)
        self._near: dict[int, set[int]] = defaultdict(set)
        for number, quad in enumerate(quads.tolist()):
            for a, b in zip(quad, quad[1:] + quad[:1], strict=True):
                self._faces[frozenset((a, b))].add(number)
                self._near[a].add(b)
                self._near[b].add(a)

    def neighbors(self, vertex: int) -> set[int]:
        """Vertices that share an edge with ``vertex``."""
        return self._near[vertex]

    def enclosed(self, seeds: Ints, border: Ints) -> Ints:
        """Return the vertices reached from ``seeds`` without crossing ``border``, including the border."""
        stop = set(border.tolist())
        found, todo = set(seeds.tolist()), list(seeds.tolist())
        while todo:
            for vertex in self._near[todo.pop()] - found:
                found.add(vertex)
                if vertex not in stop:
                    todo.append(vertex)
        return np.array(sorted(found))

    def ring(self, first: int, second: int) -> Ints:
        """The closed ring of edges that starts with the edge from ``first`` to ``second``.

        Raises:
            ValueError: the edges form no closed ring.
        """
        ring = [first, second]
        while len(ring) < 1000:
            ahead = self._straight_on(ring[-2], ring[-1])
            if ahead == first:
                return np.array(ring)
            ring.append(ahead)
        raise ValueError(f"The edge {first}-{second} is not on a closed ring.")

    def _straight_on(self, before: int, here: int) -> int:
        beside = self._faces[frozenset((before, here))]
        ahead = [v for v in self._near[here] if v != before and not self._faces[frozenset((here, v))] & beside]
        if len(ahead) != 1:
            raise ValueError(f"The ring of edges ends at vertex {here}.")
        return ahead[0]
