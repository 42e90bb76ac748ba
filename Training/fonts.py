#!/usr/bin/env python3
"""Prints the font files of one use out of fonts.txt: python fonts.py fonts.txt training|selection|joined|strokes"""

import pathlib
import sys
import sysconfig

folder = pathlib.Path(sysconfig.get_paths()["purelib"])
missing = []
for line in pathlib.Path(sys.argv[1]).read_text(encoding="utf8").splitlines():
    if line.startswith("#") or not line.strip():
        continue
    use, package, file = line.split("\t")
    if use == sys.argv[2]:
        path = folder / file  # an absolute path stays as it is
        if path.exists():
            print(path)
        else:
            missing.append(package)
if missing:
    sys.exit("install " + " ".join(sorted(set(missing))))
