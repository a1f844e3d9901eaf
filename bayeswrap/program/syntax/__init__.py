"""A program's text and tree: tokens, places, stanc's tree, Stan's constraints, sizes and bounds."""
