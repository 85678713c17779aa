import type pg from 'pg'
import { hasTable } from './owner-only-table.ts'

/** Role that owns the entry functions. It cannot log in; it may read and write rows, but not change tables. */
export const FUNCTIONS_ROLE = 'cruddur_functions'
/** Group role of the Workers' logins: may execute entry functions, but not access tables or create anything. */
export const WORKER_ROLE = 'cruddur_worker'

/** Tables of the db:* commands, which functions must not access (createOwnerOnlyTable). */
const COMMAND_TABLES = ['schema_migrations', 'releases', 'database_environment']

/**
 * Creates both roles unless they exist, and grants FUNCTIONS_ROLE its rights on this database's rows. Roles belong to the whole
 * cluster, so another database's migration may create them concurrently.
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
  // Without superuser rights, the owner can give functions only to a role that it can set.
  await client.query(`do $$
    begin
      if not pg_has_role(current_user, '${FUNCTIONS_ROLE}', 'set') then
        grant ${FUNCTIONS_ROLE} to current_user with set true, inherit false;
      end if;
    end
  $$`)
  // By default every role may create temporary tables, and in databases from before PostgreSQL 15 other tables too.
  await client.query('revoke create on schema public from public')
  await client.query(`do $$
    begin
      execute format('revoke temporary on database %I from public', current_database());
    end
  $$`)
  await client.query(`grant usage on schema public to ${FUNCTIONS_ROLE}, ${WORKER_ROLE}`)
  await client.query(`grant select, insert, update, delete on all tables in schema public to ${FUNCTIONS_ROLE}`)
  for (const table of COMMAND_TABLES) {
    if (await hasTable(client, table)) await client.query(`revoke all on ${table} from ${FUNCTIONS_ROLE}`)
  }
  await client.query(`revoke all on all tables in schema public from ${WORKER_ROLE}`)
}
