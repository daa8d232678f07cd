# No line of the help is longer than a terminal's.
mqstat --help | awk 'length($0) > 79'
