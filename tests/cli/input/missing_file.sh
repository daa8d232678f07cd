# A missing FILE that looks like an id hints at echo.
sim
status mqstat VIN0000001 && status mqstat fleet.csv && status mqstat /no/such/file && status mqstat ''
status mqstat $'a\033[2J'
