import type pg from 'pg'
import { hasTable } from './own-table.ts'

/** Owns the entry functions. It cannot log in; it reads and writes rows, and changes no table. */
export const FUNCTIONS_ROLE = 'cruddur_functions'
/** The Worker's group: its members may execute entry functions, touch no table and create nothing. */
export const WORKER_ROLE = 'cruddur_worker'

/** Tables of the commands db:*, which no function reads. */
const OWN_TABLES = ['schema_migrations', 'releases', 'database_environment']

/**
 * Makes both roles, unless they are there, and gives the first its rights on the rows of this database. Roles belong to the
 * whole cluster, so another database may be making them at this moment.
 */
export async function prepareRoles(client: pg.Client): Promise<void> {
  for (const role of [FUNCTIONS_ROLE, WORKER_ROLE]) {
    await client.query(`do $$
      begin
        if not exists (select from pg_roles where rolname = '${role}') then
          create role ${role} nologin;
        end if;
      exception
        when duplicate_object or unique_violation then null;
      end
    $$`)
  }
  // An owner who is no superuser hands functions over only to a role that it can take on.
  await client.query(`do $$
    begin
      if not pg_has_role(current_user, '${FUNCTIONS_ROLE}', 'set') then
        grant ${FUNCTIONS_ROLE} to current_user with set true, inherit false;
      end if;
    end
  $$`)
  // Postgres lets everybody make temporary tables, and databases that began before PostgreSQL 15 let everybody make others, too.
  await client.query('revoke create on schema public from public')
  await client.query(`do $$
    begin
      execute format('revoke temporary on database %I from public', current_database());
    end
  $$`)
  await client.query(`grant usage on schema public to ${FUNCTIONS_ROLE}, ${WORKER_ROLE}`)
  await client.query(`grant select, insert, update, delete on all tables in schema public to ${FUNCTIONS_ROLE}`)
  for (const table of OWN_TABLES) {
    if (await hasTable(client, table)) await client.query(`revoke all on ${table} from ${FUNCTIONS_ROLE}`)
  }
  await client.query(`revoke all on all tables in schema public from ${WORKER_ROLE}`)
}
