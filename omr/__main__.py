"""``python -m omr`` is the command ``omr``."""

from omr.cli import main

if __name__ == "__main__":
    main()
