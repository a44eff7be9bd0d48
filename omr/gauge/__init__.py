"""The print-and-scan gauge: what each page image proves of itself, and drift in a batch."""
