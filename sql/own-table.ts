import type pg from 'pg'

/**
 * Makes a table that only whoever owns the schema reads and writes, unless it is there. Default privileges (infra/worker-role.sql)
 * give the Worker's role each new table: not these.
 */
export async function makeOwnTable(client: pg.Client, name: string, columns: string): Promise<void> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    `public.${name}`,
  ])
  if (rows[0]?.found) return
  await client.query(`create table ${name} (${columns})`)
  await client.query(`revoke all on ${name} from public`)
  await client.query(`do $$
    declare
      other text;
    begin
      for other in
        select distinct grantee
        from information_schema.role_table_grants
        where table_schema = 'public' and table_name = '${name}' and grantee not in (current_user, 'PUBLIC')
      loop
        execute format('revoke all on ${name} from %I', other);
      end loop;
    end
  $$`)
}
