"""Where a page and its targets lie on an image, and which page it is."""
