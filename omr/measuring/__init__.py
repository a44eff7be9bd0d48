"""Measuring: a form from paper that somebody else printed.

A picture of the blank paper (or another program's template of it) becomes a :class:`Draft`, and the
draft becomes three files: the measured form, its reference picture, and an overlay on which a
person sees what was found and corrects it.
"""
