-- Remembers under a key what this batch has made.
-- $1 hash text, $2 claim uuid
update idempotency_keys
set activity_uuid = nullif(current_setting('cruddur.activity_uuid', true), '')::uuid,
    message_uuid = nullif(current_setting('cruddur.message_uuid', true), '')::uuid
where idempotency_keys.hash = $1::text and idempotency_keys.claim = $2::uuid
returning idempotency_keys.hash
