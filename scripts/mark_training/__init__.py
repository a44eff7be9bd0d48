"""For scripts/train_marks: pages of known truth, their measurements, rival classifiers."""
