import type pg from 'pg'

/** Returns whether the schema `public` has a table. */
export async function hasTable(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    `public.${name}`,
  ])
  return rows[0]?.found === true
}

/**
 * Creates a table that only its owner may read and write, unless it exists. Revokes what the database's default privileges grant
 * to other roles.
 */
export async function createOwnerOnlyTable(client: pg.Client, name: string, columns: string): Promise<void> {
  if (await hasTable(client, name)) return
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
