"""python -m benchmarks: load companies of growing size and print how fast the product is with each."""

import argparse
import os
import sys
from time import monotonic

from funnel_crm import embedded


def main() -> None:
    """Run every size one after the other."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of deals, with commas between")
    parser.add_argument("--million", action="store_true", help="a million deals as the last size")
    parser.add_argument("--keep", action="store_true", help="measure what is loaded, load nothing")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")] + ([1_000_000] if options.million else [])

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    embedded.ensure_running()
    import django

    django.setup()
    from benchmarks.report import Bench

    began = monotonic()
    Bench(is_loaded=options.keep).run(sizes)
    sys.stdout.write(f"\nMeasured in {monotonic() - began:.0f} s.\n")


if __name__ == "__main__":
    main()
