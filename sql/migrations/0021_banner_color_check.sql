-- no transaction
-- Validates the check of 0020 beside reads and writes.

alter table users validate constraint users__banner_color;
