-- Creates the Worker's login for a remote database: a member of cruddur_worker, which may execute entry functions but not access
-- tables. The owner of a migrated database runs it once (npm run db:connect < infra/worker-role.sql) then sets its password, see
-- docs/operating.md. Do not create it in Neon's console, which would grant it all rights.

create role cruddur_worker_login login in role cruddur_worker;
