-- Counts an amount of the viewer's writes of a kind, within a day that begins with the first of them. The limits are set here and
-- nowhere else; docs/operating.md lists them. An account younger than a day has lower limits, since spam comes from new accounts.
-- CR429: the writes exceed the limit. CR42N: they exceed the limit of a new account. The hint of both errors is the time from which
-- the viewer may write again.
create or replace function spend_daily_limit(viewer uuid, kind text, amount integer) returns void
language plpgsql
as $$
declare
  created_at constant timestamptz := (
    select member.created_at from users member where member.uuid = spend_daily_limit.viewer
  );
  is_new constant boolean := created_at > now() - interval '1 day';
  -- Null: no limit.
  maximum constant integer := case spend_daily_limit.kind
    when 'activity' then case when is_new then 50 end
    when 'follow' then case when is_new then 50 end
    when 'mention' then case when is_new then 20 end
    when 'stranger_message' then case when is_new then 5 else 20 end
  end;
  spent record;
begin
  if maximum is null or spend_daily_limit.amount = 0 then
    return;
  end if;

  -- Concurrent writes of the viewer wait for each other here, so each gets its own number. A failed write counts nothing, since it is
  -- rolled back.
  insert into auth_attempts as stored (hash, count, ends_at)
  values (
    encode(sha256(convert_to(spend_daily_limit.kind || E'\n' || spend_daily_limit.viewer, 'UTF8')), 'hex'),
    spend_daily_limit.amount,
    now() + interval '1 day'
  )
  on conflict on constraint auth_attempts__hash do update set
    count = case when stored.ends_at <= now() then excluded.count else stored.count + excluded.count end,
    ends_at = case when stored.ends_at <= now() then excluded.ends_at else stored.ends_at end
  returning stored.count, stored.ends_at into spent;

  if spent.count > maximum and is_new then
    raise exception using
      errcode = 'CR42N', message = 'a new account may not write more', hint = iso(created_at + interval '1 day');
  elsif spent.count > maximum then
    raise exception using errcode = 'CR429', message = 'the daily limit is reached', hint = iso(spent.ends_at);
  end if;
end
$$;
