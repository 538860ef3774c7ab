"""Fixes: what takes a finding away, what that would change, and what helps most."""

from designer.analysis.fixes.fix import Fix, FlowChange, Preview, Ranking
from designer.analysis.fixes.offer import fixes_for
from designer.analysis.fixes.ranking import propose, rank
from designer.analysis.fixes.trial import preview

__all__ = ["Fix", "FlowChange", "Preview", "Ranking", "fixes_for", "preview", "propose", "rank"]
