"""``python -m ingest.check [FOLDER] [--law-texts DIR] [--only PATH...]``."""

import argparse
import sys
from pathlib import Path

from ingest.check import check


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    parser = argparse.ArgumentParser(description="Check the knowledge base.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("knowledge_base"))
    parser.add_argument("--law-texts", type=Path)
    parser.add_argument("--only", nargs="+", type=Path, help="report on these files or folders")
    options = parser.parse_args()
    found = check(options.folder, options.law_texts)
    if options.only:
        wanted = [path.resolve() for path in options.only]
        found = [f for f in found if any(f.file.resolve().is_relative_to(w) for w in wanted)]
    for finding in found:
        sys.stdout.write(f"{finding}\n")
    sys.stdout.flush()
    sys.stderr.write(f"{len(found)} findings\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
