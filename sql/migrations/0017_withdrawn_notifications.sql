-- A like, repost or follow that is undone withdraws its notification, so that doing it again does not notify again.

set local lock_timeout = '5s';

alter table notifications add column withdrawn_at timestamptz;
comment on column notifications.withdrawn_at is
  'When what it tells of was undone; null: it stands. Then it is in no list, and comes back, read, when that is done again.';
