"""Handwritten digits in the cells of number questions: read with a confidence, or left alone."""
