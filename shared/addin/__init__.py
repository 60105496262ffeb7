"""The add-in and the pages, as `python3 dev.py build` left them in `public/`, served below /addin.

files      what may be asked for, and what a browser may do with it: types, caching, conditions
fields     what is filled in: this deployment's URLs and ids
policy     what each page may load, and who may put it into a frame
"""
