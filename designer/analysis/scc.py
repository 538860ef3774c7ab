"""Strongly connected components without recursion, shared by the failure engine and the coupling metrics."""

from collections.abc import Sequence

_UNSEEN = -1


def strongly_connected(successors: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the strongly connected components of a directed graph, successors first.

    ``successors[v]`` lists the vertices that ``v`` points to; vertices are ``0 .. len(successors) - 1``.
    A component comes after every component it can reach (reverse topological order). Inside a component the
    vertex found last comes first, so a fixpoint that walks it in this order converges in few rounds.
    Algorithm: R. Tarjan, "Depth-first search and linear graph algorithms", 1972, with an explicit stack, so
    that the depth of the graph is not limited by the interpreter. Linear in vertices and edges.
    """
    search = _Search(successors)
    for root in range(len(successors)):
        if search.index[root] == _UNSEEN:
            search.visit(root)
    return search.components


class _Search:
    """State of one run: discovery numbers, low links and the stack of vertices not yet in a component."""

    def __init__(self, successors: Sequence[Sequence[int]]) -> None:
        self.successors = successors
        self.index = [_UNSEEN] * len(successors)
        self.low = [0] * len(successors)
        self.pending = [False] * len(successors)
        self.stack: list[int] = []
        self.count = 0
        self.components: list[list[int]] = []

    def visit(self, root: int) -> None:
        self._discover(root)
        work = [(root, iter(self.successors[root]))]
        while work:
            vertex, rest = work[-1]
            for target in rest:
                if self.index[target] == _UNSEEN:
                    self._discover(target)
                    work.append((target, iter(self.successors[target])))
                    break
                if self.pending[target]:
                    self.low[vertex] = min(self.low[vertex], self.index[target])
            else:
                work.pop()
                self._leave(vertex)
                if work:
                    parent = work[-1][0]
                    self.low[parent] = min(self.low[parent], self.low[vertex])

    def _discover(self, vertex: int) -> None:
        self.index[vertex] = self.low[vertex] = self.count
        self.count += 1
        self.stack.append(vertex)
        self.pending[vertex] = True

    def _leave(self, vertex: int) -> None:
        if self.low[vertex] != self.index[vertex]:
            return
        start = len(self.stack) - 1
        while self.stack[start] != vertex:
            start -= 1
        component = self.stack[start:][::-1]
        del self.stack[start:]
        for member in component:
            self.pending[member] = False
        self.components.append(component)
