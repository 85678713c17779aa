-- How often something was tried that may be tried only so often: exact where the edge's own limits are coarse.

create table attempts (
  hash text not null,
  count integer not null,
  ends_at timestamptz not null,
  constraint attempts__hash primary key (hash)
);

comment on table attempts is 'One row for what was tried of late; swept once its window has ended.';
comment on column attempts.hash is 'SHA-256 of the quota''s name and of whom it counts for: an email, an address, a person.';
comment on column attempts.count is 'Tries since the window was opened by the first of them.';
comment on column attempts.ends_at is 'When the window ends and counting begins anew.';

create index attempts__by_end on attempts (ends_at);
