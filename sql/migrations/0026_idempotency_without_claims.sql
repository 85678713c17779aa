-- A key is claimed by the function that writes under it, in the same transaction: no claim of its own is needed.
alter table idempotency_keys alter column claim drop not null;
