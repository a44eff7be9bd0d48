"""What scripts/train_digits learns from: strokes of our own, and public collections of digits."""
