"""How often the reader is right: filled sheets of known truth, read as a user reads them.

The people (:mod:`hand`) and the machines (:mod:`device`) of this room were written from
descriptions of paper and from real scans, without knowledge of the reader; the simulator that the
reader was developed on is another one (:mod:`omr.simulate`).
"""
