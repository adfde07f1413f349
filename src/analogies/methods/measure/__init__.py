"""Claims of the two articles put to the numbers: each function gives a table, a picture, its words and its pitfalls.

The eight analyses: distance, arms, strength, votes, doctrine, debt, attacks, war. Parts of them that stand alone: reach,
orders, contra_aid, ideal_points, conflict_years, presence, displaced, democracy. The formulas: loss_of_strength, rule_of_three.
"""

from .arms import arms, orders
from .attacks import attacks, rule_of_three
from .contra_aid import contra_aid
from .debt import debt
from .democracy import democracy
from .displaced import displaced
from .distance import distance, loss_of_strength, reach
from .doctrine import concordance, doctrine
from .measured import Measure
from .presence import presence
from .strength import strength
from .votes import ideal_points, votes
from .war import conflict_years, war

__all__ = [
    "Measure", "arms", "attacks", "concordance", "conflict_years", "contra_aid", "debt", "democracy", "displaced", "distance", "doctrine",
    "ideal_points", "loss_of_strength", "orders", "presence", "reach", "rule_of_three", "strength", "votes", "war",
]  # fmt: skip
