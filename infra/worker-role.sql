-- Whom the Worker signs in as in a database elsewhere: somebody who reads and writes rows, and changes no table. Run once by
-- the owner of a migrated database (npm run db:connect < infra/worker-role.sql); then give it a password, see docs/operating.md.
-- Made here and not in Neon's console, which would let the role do everything.

create role cruddur_worker login;
grant select, insert, update, delete on all tables in schema public to cruddur_worker;
revoke all on schema_migrations, database_environment from cruddur_worker;

-- Also on what later migrations make.
alter default privileges grant select, insert, update, delete on tables to cruddur_worker;
