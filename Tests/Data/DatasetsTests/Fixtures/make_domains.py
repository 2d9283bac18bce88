"""Writes domains.json: the order in which domains are drawn, and the share of each that is held out.

Written from the definitions alone (random words by address, rounds of domains, hashes of paths), without the library:
    python3 make_domains.py
"""

import json
from pathlib import Path

WORD = (1 << 64) - 1
SEED = 11
SIZES = [7, 5, 4]
BATCH = 6


def words(*address):
    """SplitMix64, started from a hash of the address."""
    state = 0

    def following():
        nonlocal state
        state = (state + 0x9E3779B97F4A7C15) & WORD
        word = state
        word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & WORD
        word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & WORD
        return word ^ (word >> 31)

    for part in address:
        state ^= part & WORD
        state = following()
    return following


def below(bound, word):
    """A number below the bound, by Lemire's multiplication."""
    product = bound * word()
    while product & WORD < (-bound & WORD) % bound:
        product = bound * word()
    return product >> 64


def shuffled(values, *address):
    values, word = list(values), words(SEED, *address)
    for last in range(len(values) - 1, 0, -1):
        other = below(last + 1, word)
        values[last], values[other] = values[other], values[last]
    return values


def pooled(batches):
    """Every image once an epoch; the rest of an epoch that fills no batch is dropped."""
    total = sum(SIZES)
    each = total // BATCH
    orders = [shuffled(range(total), epoch, -1, 0) for epoch in range(-(-batches // each))]
    return [
        orders[number // each][number % each * BATCH:][:BATCH] for number in range(batches)
    ]


def balanced(batches):
    """Rounds of one image of each domain; every domain goes through its images before one comes again."""
    starts = [sum(SIZES[:domain]) for domain in range(len(SIZES))]
    drawn = []
    for number in range(-(-batches * BATCH // len(SIZES))):
        for domain in shuffled(range(len(SIZES)), number, -1, 2):
            turn, place = divmod(number, SIZES[domain])
            members = range(starts[domain], starts[domain] + SIZES[domain])
            drawn.append((shuffled(members, turn, -1, 3 + domain)[place], turn))
    return [drawn[start:start + BATCH] for start in range(0, batches * BATCH, BATCH)]


def fnv1a(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & WORD
    return value


def held_out(names, share):
    """The images of each class with the smallest hashes of their paths."""
    kept = []
    for label in sorted({name.split("/")[0] for name in names}):
        members = sorted((fnv1a(name), name) for name in names if name.startswith(label + "/"))
        count = min(max(int(len(members) * share + 0.5), 1), len(members) - 1)
        kept += [name for _, name in members[:count]]
    return sorted(kept)


names = {
    domain: [f"{label}/{number:03}.png" for label, count in classes for number in range(count)]
    for domain, classes in {
        "photo": [("dog", 12), ("house", 7)], "sketch": [("dog", 3), ("house", 21)]
    }.items()
}
content = {
    "seed": SEED, "sizes": SIZES, "batch": BATCH,
    "pooled": pooled(7),
    "balanced": [[index for index, _ in batch] for batch in balanced(9)],
    "passes": [[turn for _, turn in batch] for batch in balanced(9)],
    "share": 0.2,
    "names": names,
    "held_out": {domain: held_out(of, 0.2) for domain, of in names.items()},
}
Path(__file__).with_name("domains.json").write_text(json.dumps(content) + "\n")
