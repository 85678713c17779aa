insert into idempotency_keys (hash, body_mac, activity_uuid, created_at)
select md5('hash' || n) || md5('of' || n), 'mac', uuid, at
from crud
where at > now() - interval '24 hours'
