-- Pictures that are to be removed from the bucket: see decision 37.

create table avatar_removals (
  avatar_key text not null,
  noted_at timestamptz not null default now(),
  constraint avatar_removals__key primary key (avatar_key)
);
comment on table avatar_removals is 'Pictures that a person had before: still in the bucket, until the cron has removed them.';

-- Finds whether a picture of the bucket is anybody's.
create index users__by_avatar_key on users (avatar_key) where avatar_key is not null;
