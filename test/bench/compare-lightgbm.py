"""LightGBM beside ours, on the data that `npm run bench -- learners --dir FOLDER` left. Needs numpy and lightgbm; see README.md."""

import json
import sys
import time

import lightgbm
import numpy

FEATURES = 30
TREES = 200
SHAPES = {"leaves64depth6": (64, 6), "leaves63anyDepth": (63, -1)}


def read(folder: str, part: str, number: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    columns = numpy.fromfile(f"{folder}/{part}-{number}.f32", dtype=numpy.float32).reshape(FEATURES, -1)
    return columns.T, numpy.fromfile(f"{folder}/{part}-{number}.f64")


def timed(what):
    began, cpu = time.perf_counter(), time.process_time()
    made = what()
    return made, time.perf_counter() - began, time.process_time() - cpu


def main(folder: str, sets: int) -> None:
    result = {"lightgbm": lightgbm.__version__, "sets": sets}
    for name, (leaves, depth) in SHAPES.items():
        settings = dict(objective="regression", num_leaves=leaves, max_depth=depth, learning_rate=0.1)
        settings |= dict(num_threads=1, force_col_wise=True, verbose=-1)
        runs = []
        for number in range(sets):
            x, y = read(folder, "train", number)
            data, _, binning = timed(lambda: lightgbm.Dataset(x, y, params=settings).construct())
            model, seconds, cpu = timed(lambda: lightgbm.train(settings, data, TREES))
            x, y = read(folder, "test", number)
            runs.append((seconds, cpu, binning, float(numpy.sqrt(numpy.mean((model.predict(x) - y) ** 2)))))
        seconds, cpu, binning, rmse = zip(*runs)
        result[name] = dict(
            seconds=round(min(seconds), 2),
            cpuSeconds=round(min(cpu), 2),
            binningCpuSeconds=round(min(binning), 2),
            rmse=round(sum(rmse) / sets, 4),
        )
    print(json.dumps(result))


if len(sys.argv) < 2:
    sys.exit("compare-lightgbm.py FOLDER [SETS]")
main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
