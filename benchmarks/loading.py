"""Cold `od.load()` with its tables read, beside `import pandas`, each in a process of its own, in turns: `loading.py [rounds]`."""

import statistics
import subprocess
import sys
import time

TASKS = {"import pandas": "import pandas", "od.load()": "import overkalix_data as od; od.load()",
         "od.load().tables": "import overkalix_data as od; od.load().tables"}  # fmt: skip


def seconds(code: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    told = {name: [] for name in TASKS}
    for _ in range(rounds):
        for name, code in TASKS.items():
            told[name].append(seconds(code))
    base = statistics.median(told["import pandas"])
    for name, times in told.items():
        print(f"{name:18} {statistics.median(times):.3f} s  {statistics.median(times) / base:.2f} x")
