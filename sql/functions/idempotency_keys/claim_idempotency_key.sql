-- Claims an idempotency key for the write of the calling function. Returns null for a new key, else the uuid of the activity or
-- message written with it before. Concurrent requests with one key wait for each other here; a failed write releases the key by its
-- rollback. A key is valid for 24 hours. CR422: it was used for another body. CR411: what was written with it has expired.
create or replace function claim_idempotency_key(key_hash text, body_mac text) returns uuid
language plpgsql
as $$
declare
  known idempotency_keys;
begin
  loop
    delete from idempotency_keys expired
    where expired.hash = claim_idempotency_key.key_hash and expired.created_at < now() - interval '24 hours';

    insert into idempotency_keys (hash, body_mac)
    values (claim_idempotency_key.key_hash, claim_idempotency_key.body_mac)
    on conflict on constraint idempotency_keys__hash do nothing;
    if found then
      return null;
    end if;

    select stored.* into known from idempotency_keys stored where stored.hash = claim_idempotency_key.key_hash;
    -- Not found: it was swept concurrently, so insert again.
    exit when found;
  end loop;

  if known.body_mac <> claim_idempotency_key.body_mac then
    raise exception using errcode = 'CR422', message = 'the key was used for another body';
  end if;
  if known.activity_uuid is null and known.message_uuid is null then
    raise exception using errcode = 'CR411', message = 'what was written under the key has expired';
  end if;
  return coalesce(known.activity_uuid, known.message_uuid);
end
$$;
