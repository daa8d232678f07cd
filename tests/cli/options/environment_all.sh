# Options from the environment do what they do on the command line.
sim
export MQSTAT_TRIM=1 MQSTAT_NO_DEDUP=1 MQSTAT_LINE_NUMBERS=1 MQSTAT_UNORDERED=1 MQSTAT_QUOTE=all MQSTAT_KEEP=n MQSTAT_DELIMITER=';' MQSTAT_COLUMN=vin MQSTAT_FROM=csv MQSTAT_TO=csv MQSTAT_CONCURRENCY=1
printf 'n;vin\n1; A1\n2;A1 \n' | mqstat && sim_end && arrivals
