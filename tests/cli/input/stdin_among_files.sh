# Standard input may stand among files, once.
sim
echo A1 >1 && echo A3 >3
echo A2 | mqstat 1 - 3 | cut -d, -f 1
echo A2 | status mqstat - 1 -
