"""The failure engine's models of one drawing, made once for whatever is asked of its flows."""

from __future__ import annotations

from designer.analysis.dependency import structural_parts, system
from designer.analysis.system import System
from designer.analysis.wiring import Wiring
from designer.catalog.resolve import Resolution
from designer.model.entities import Mode


class FlowModels:
    """What can fail in a drawing (`parts`), and the model of each mode, made when it is first asked for."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.parts = structural_parts(resolution)
        self._wiring = Wiring(resolution)
        self._models: dict[Mode, System] = {}

    def model(self, mode: Mode) -> System:
        """The model in which a flow of this mode works or not."""
        if mode not in self._models:
            self._models[mode] = system(self.parts, self._wiring, mode)
        return self._models[mode]
