# The file that a link names is replaced, not the link.
sim
mkdir d && echo old >d/o.csv && ln -s d/o.csv link && ln -s nowhere dangling && ln -s loop loop
echo A1 | mqstat -o link && ls -l link | sed 's/.*link/link/' && cat d/o.csv && ls d
echo A1 | status mqstat -o dangling && echo A1 | status mqstat -o loop
