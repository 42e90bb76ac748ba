#!/usr/bin/env python3
"""The weighted mean of the weights of ONNX networks of one graph.

    python average.py --to MEAN.onnx FIRST.onnx=0.8 SECOND.onnx=0.2
"""

import argparse

import onnx

from network import average


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="+", metavar="FILE=SHARE", help="shares need not add up to 1")
    parser.add_argument("--to", required=True)
    arguments = parser.parse_args()
    mean, total = None, 0
    for file, _, share in (network.rpartition("=") for network in arguments.networks):
        total += float(share)
        network = onnx.load(file)
        mean = network if mean is None else average(mean, network, float(share) / total)
    onnx.save(mean, arguments.to)


if __name__ == "__main__":
    main()
