-- The role that the Worker signs in as in a database elsewhere: a member of cruddur_worker, which may execute entry functions
-- and touch no table. Run once by the owner of a migrated database (npm run db:connect < infra/worker-role.sql); then give it a
-- password, see docs/operating.md. Made here and not in Neon's console, which would let the role do everything.

create role cruddur_worker_login login in role cruddur_worker;
