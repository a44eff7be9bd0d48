"""What a pen left at each target: measured, then classified. It decides nothing."""
