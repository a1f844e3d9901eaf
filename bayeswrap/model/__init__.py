"""`Model`: a program bound to data, with the verbs that estimate."""
