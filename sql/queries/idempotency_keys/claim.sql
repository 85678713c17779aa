-- Takes a key for what follows in this batch, or finds what was made under it. A key counts for 24 hours.
-- outcome: fresh (go on), replay (answer with what was made), gone (that has ended), reused (for another body).
-- Tells the batch's next statements through settings: cruddur.replay is empty when they should write.
-- $1 hash text, $2 body_mac text, $3 claim uuid (made up for this request)
with claimed as (
  insert into idempotency_keys as known (hash, body_mac, claim)
  values ($1::text, $2::text, $3::uuid)
  on conflict on constraint idempotency_keys__hash do update
  set body_mac = case when known.created_at < now() - interval '24 hours' then excluded.body_mac else known.body_mac end,
      claim = case when known.created_at < now() - interval '24 hours' then excluded.claim else known.claim end,
      activity_uuid = case when known.created_at < now() - interval '24 hours' then null else known.activity_uuid end,
      message_uuid = case when known.created_at < now() - interval '24 hours' then null else known.message_uuid end,
      created_at = greatest(known.created_at, case when known.created_at < now() - interval '24 hours' then now() end)
  returning known.body_mac, known.claim, known.activity_uuid, known.message_uuid
),
judged as (
  select
    case
      when claimed.claim = $3::uuid then 'fresh'
      when claimed.body_mac <> $2::text then 'reused'
      when coalesce(claimed.activity_uuid, claimed.message_uuid) is null then 'gone'
      else 'replay'
    end as outcome,
    claimed.activity_uuid,
    claimed.message_uuid
  from claimed
)
select
  judged.outcome,
  set_config('cruddur.replay', case when judged.outcome = 'fresh' then '' else 'yes' end, true) as replay,
  set_config('cruddur.activity_uuid', case when judged.outcome = 'replay' then coalesce(judged.activity_uuid::text, '') else '' end, true) as activity_uuid,
  set_config('cruddur.message_uuid', case when judged.outcome = 'replay' then coalesce(judged.message_uuid::text, '') else '' end, true) as message_uuid
from judged
