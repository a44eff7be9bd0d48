"""From OMRChecker: a template.json with its pictures becomes the draft of a measured form.

OMRChecker (MIT) keeps a form as ``template.json``: a size in pixels, blocks of fields with an
origin and two gaps each, and *preprocessors* that bring a picture into that frame (the page's edge,
four markers, or the features of a reference). Here the template is read, the same is done to one
sample sheet by methods of our own, and the boxes are put upon the print that is really there.

The format is known from its public documentation and schema, in three generations that differ in
words: ``qBlocks`` (until 2022), ``pageDimensions`` (version 1), ``templateDimensions`` (version 2).
"""
