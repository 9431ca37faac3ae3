"""Dealing answers out to organisations so that every count is exact, for make_synthetic.py.

A member is the number of an organisation; deal(), deal_scale(), place() and tick() give {member: answer}.
"""
import random
import sys

# Stronger than any noise.
FORCED = 100.0
uniform = random.Random(20171030).random


def normal():
    """Nearly normal.  Plain additions are the same everywhere; logarithms, and Python's sum() of floats from version to version, are not."""
    x = -6.0
    for _ in range(12):
        x += uniform()
    return x


def deal(members, counts, score):
    """Levels, the lowest first, to the members in the order of their scores."""
    order = sorted(members, key=lambda m: (score[m], m))
    dealt = [code for code, n in counts for _ in range(n)]
    if len(dealt) != len(order):
        sys.exit(f'{len(dealt)} answers for {len(order)} members: {counts}')
    return dict(zip(order, dealt))


def deal_scale(members, levels, off, counts, score):
    """A part on a scale; answers off the scale (other, not known) fall anywhere."""
    lost = sorted(members, key=lambda m: (uniform(), m))[:sum(counts.get(c, 0) for c in off)]
    given = deal(lost, [(c, counts[c]) for c in off if c in counts], {m: 0 for m in lost})
    rest = [m for m in members if m not in given]
    given.update(deal(rest, [(c, counts[c]) for c in levels if c in counts], score))
    return given


def place(members, counts, affinity):
    """Codes without an order: who is nearest to a code gets it, while there are any."""
    if sum(counts.values()) != len(members):
        sys.exit(f'{counts} for {len(members)} members')
    pairs = sorted(((-(affinity(m, c) + normal()), m, c) for m in members for c in counts))
    left, given = dict(counts), {}
    for _, m, c in pairs:
        if m not in given and left[c]:
            given[m] = c
            left[c] -= 1
    return given


def tick(members, counts, affinity, alone=None, alone_score=None, may_be_empty=False):
    """Sets with exact counts; the members with the lowest alone_score tick the option that excludes all others, and nobody else ticks nothing."""
    sets = {m: set() for m in members}
    apart = sorted(members, key=lambda m: (alone_score[m], m))[:counts.get(alone, 0)] if alone else []
    for m in apart:
        sets[m] = {alone}
    rest = [m for m in members if m not in set(apart)]
    score = {(m, c): affinity(m, c) + normal() for m in rest for c in counts if c != alone}
    for c, n in counts.items():
        if c != alone:
            for m in sorted(rest, key=lambda m: (-score[m, c], m))[:n]:
                sets[m].add(c)
    for m in [] if may_be_empty else rest:
        if not sets[m]:
            _, donor, c = min((score[d, c] - score[m, c], d, c) for d in rest if len(sets[d]) > 1 for c in sets[d])
            sets[donor].remove(c)
            sets[m].add(c)
    return sets
