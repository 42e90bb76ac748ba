#!/usr/bin/env python3
"""Times the program as a whole process; see README.md beside it."""
import argparse, json, os, pathlib, platform, shutil, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build/release/fotoprotokoll"
SAMPLES = ROOT / "samples/ki-skepsis"


def measure(command, env=None, shell_stdout=subprocess.DEVNULL):
    """Runs a command and returns wall seconds, CPU seconds and peak memory in MB (the largest process)."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=shell_stdout, stderr=subprocess.DEVNULL, env={**os.environ, **(env or {})})
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1, 2):
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024}


def show(name, runs):
    cells = []
    for key, unit in (("wall", "s"), ("cpu", "s"), ("memory", "MB")):
        values = [run[key] for run in runs]
        cells.append(f"{statistics.median(values):8.2f} {unit} ({min(values):.2f}–{max(values):.2f})")
    print(f"| {name} | " + " | ".join(cells) + " |")
    return {key: statistics.median(run[key] for run in runs) for key in ("wall", "cpu", "memory")}


def photos(folder, work, runs):
    """The main job at one and two jobs, interleaved, each from an empty store; then from a full one."""
    results = {}
    timed = {1: [], 2: []}
    for _ in range(runs):
        for jobs in (1, 2):
            out = work / f"out-{jobs}"
            shutil.rmtree(out, ignore_errors=True)
            timed[jobs].append(
                measure([PROGRAM, "run", folder, "--pipeline", ROOT / "pipeline.json", "--into", out, "--jobs", str(jobs)]))
    for jobs in (1, 2):
        results[jobs] = show(f"{jobs} job(s)", timed[jobs])
    again = [
        measure([PROGRAM, "run", folder, "--pipeline", ROOT / "pipeline.json", "--into", work / "out-1"])
        for _ in range(runs)
    ]
    results["again"] = show("second run, nothing changed", again)
    return results


def stages(folder, work):
    """Seconds by stage, as the program itself reports them."""
    out = work / "out-stages"
    shutil.rmtree(out, ignore_errors=True)
    text = subprocess.run(
        [PROGRAM, "run", folder, "--into", out, "--jobs", "1", "--json"], capture_output=True, text=True, check=False).stdout
    totals = {}
    for line in text.splitlines():
        event = json.loads(line)
        if event.get("event") == "step":
            totals[event["stage"]] = totals.get(event["stage"], 0) + event.get("seconds", 0)
    for stage, seconds in totals.items():
        print(f"| {stage} | {seconds:.2f} s |")


def enlarged(work):
    """The samples at 24 megapixels, for memory."""
    from PIL import Image

    folder = work / "photos-24"
    folder.mkdir(exist_ok=True)
    for path in sorted((SAMPLES / "photos").glob("*.jpg"))[:2]:
        picture = Image.open(path)
        exif = picture.getexif()
        factor = (24e6 / (picture.width * picture.height)) ** 0.5
        size = (round(picture.width * factor), round(picture.height * factor))
        picture.resize(size, Image.LANCZOS).save(folder / path.name, quality=90, exif=exif)
    return folder


def line_crops(work, limit):
    """Rectified pictures of single lines, cut by the ground truth of the samples."""
    from PIL import Image, ImageOps

    folder = work / "lines"
    folder.mkdir(exist_ok=True)
    names = []
    for truth in sorted((SAMPLES / "ground-truth").glob("*.json")):
        data = json.loads(truth.read_text())
        picture = ImageOps.exif_transpose(Image.open(SAMPLES / "photos" / data["image"])).convert("RGB")
        for region in data["regions"]:
            for number, polygon in enumerate(region.get("line_polygons") or []):
                if len(polygon) != 4 or len(names) >= limit:
                    continue
                (x0, y0), (x1, y1), (x2, y2), (x3, y3) = polygon
                width = max(8, round(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5))
                height = max(8, round(((x3 - x0) ** 2 + (y3 - y0) ** 2) ** 0.5))
                crop = picture.transform((width, height), Image.QUAD, (x0, y0, x3, y3, x2, y2, x1, y1), Image.BICUBIC)
                name = folder / f"{truth.stem}-{region['id']}-{number}.png"
                crop.save(name)
                names.append(str(name))
    (folder / "list.txt").write_text("\n".join(names) + "\n")
    return names, folder / "list.txt"


def tesseract(work, runs, limit):
    names, listing = line_crops(work, limit)
    limit_env = {"OMP_THREAD_LIMIT": "1"}
    print(f"\n## One Tesseract pass over {len(names)} line crops\n\n| way | wall | CPU | peak memory |\n|---|---|---|---|")
    loop = "for f in " + " ".join(names) + "; do tesseract $f - -l deu --psm 7; done"
    ways = {
        "ours, one engine": [PROGRAM, "read", "--reader", "tesseract:deu", "--tsv", *names],
        "tesseract list.txt": ["tesseract", str(listing), str(work / "list-out"), "-l", "deu", "--psm", "7"],
        "one tesseract a crop": ["sh", "-c", loop],
    }
    timed = {name: [] for name in ways}
    for _ in range(runs):
        for name, command in ways.items():
            start = os.times()
            result = measure(command, env=limit_env)
            end = os.times()
            # The shell's children are ours too.
            result["cpu"] = end.children_user + end.children_system - start.children_user - start.children_system
            timed[name].append(result)
    medians = {name: show(name, runs_) for name, runs_ in timed.items()}
    ours = medians["ours, one engine"]["cpu"]
    print(f"\nours / list.txt {ours / medians['tesseract list.txt']['cpu']:.2f},"
          f" ours / one a crop {ours / medians['one tesseract a crop']['cpu']:.2f} (CPU)")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--lines", type=int, default=120)
    options.add_argument("--skip-build", action="store_true")
    chosen = options.parse_args()
    if not chosen.skip_build:
        subprocess.run(["swift", "build", "-c", "release", "--product", "fotoprotokoll"], cwd=ROOT, check=True)
    work = pathlib.Path(tempfile.mkdtemp(prefix="fotoprotokoll-bench-"))
    folder = SAMPLES / "photos"
    count = len(list(folder.glob("*.jpg")))
    print(f"{platform.machine()}, {os.cpu_count()} processors, {chosen.runs} runs, {count} photos of 12 megapixels\n")
    print("| run | wall | CPU | peak memory |\n|---|---|---|---|")
    results = photos(folder, work, chosen.runs)
    print(f"\nphotos/min at 1 / 2 jobs: {60 * count / results[1]['wall']:.0f} / {60 * count / results[2]['wall']:.0f};"
          f" speed-up {results[1]['wall'] / results[2]['wall']:.2f};"
          f" CPU at 2 jobs {results[2]['cpu'] / results[1]['cpu']:.2f} of that at 1;"
          f" second run {100 * results['again']['cpu'] / results[1]['cpu']:.1f} % of the first (CPU)")
    print("\n## Stages, one job\n\n| stage | time |\n|---|---|")
    stages(folder, work)
    print("\n## 24 megapixels, two photos side by side\n\n| run | wall | CPU | peak memory |\n|---|---|---|---|")
    large = enlarged(work)
    show("2 jobs", [measure([PROGRAM, "run", large, "--into", work / "out-24", "--jobs", "2"])])
    tesseract(work, chosen.runs, chosen.lines)
    shutil.rmtree(work)


main()
