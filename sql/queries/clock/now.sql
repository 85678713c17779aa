-- The database's clock: what the fuses of a page count from.
select now() as now
