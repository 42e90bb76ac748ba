#!/usr/bin/env python3
"""Counts the sightings of papers that several photos of the stress set show.

    python3 Benchmarks/stress/sightings.py OUT SET

OUT is the output of a run over SET (`found.json` or `protocol.json`). A sighting is wanted for every paper found on a
second photo of its board; two regions found on one paper of one photo are a fault of finding and count as one. A merge
is false where it joins regions of two papers.
"""
import collections
import json
import math
import os
import sys


def centre(polygon):
    return [sum(point[axis] for point in polygon) / len(polygon) for axis in (0, 1)]


def area(polygon):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(polygon, polygon[1:] + polygon[:1]))) / 2


def papers(document, folder):
    """The paper of every region that lies on one: (board, number), its photo, and the region it is a repeat of."""
    found = {}
    for photo in document["photos"]:
        stem = os.path.splitext(os.path.basename(photo["file"]))[0]
        truth = json.load(open(os.path.join(folder, stem + ".json")))
        board = "-".join(stem.split("-")[:-1]) if truth["board_id"].startswith(("pairs", "states", "twins")) else stem
        for region in photo["regions"]:
            place = centre(region["polygon"])
            nearest = min(truth["regions"], key=lambda one: math.dist(centre(one["polygon"]), place), default=None)
            if nearest and math.dist(centre(nearest["polygon"]), place) < 0.3 * math.sqrt(area(nearest["polygon"])):
                found[region["id"]] = ((board, nearest.get("paper", nearest["id"])), photo["file"], region.get("sameAs"))
    return found


def main():
    out, folder = sys.argv[1:3]
    name = next(n for n in ("protocol.json", "found.json") if os.path.exists(os.path.join(out, n)))
    found = papers(json.load(open(os.path.join(out, name))), folder)

    def primary(region):
        while region in found and found[region][2]:
            region = found[region][2]
        return region

    photos, joined = collections.defaultdict(lambda: collections.defaultdict(set)), 0
    for region, (paper, photo, _) in found.items():
        photos[paper][photo].add(primary(region))
    wanted = sum(len(seen) - 1 for seen in photos.values())
    for seen in photos.values():
        # Photos whose sightings share a primary are joined: the largest such set, less the one that is kept.
        counts = collections.Counter(one for roots in seen.values() for one in roots)
        joined += max(sum(1 for roots in seen.values() if one in roots) for one in counts) - 1
    false = [(region, entry[2]) for region, entry in found.items()
             if entry[2] in found and found[entry[2]][0] != entry[0]]
    print(f"wanted {wanted}, right {joined}, recall {joined / max(1, wanted):.3f}, false {len(false)}")
    for pair in false:
        print("false:", *pair)


if __name__ == "__main__":
    main()
