-- Images of activities (decision 64). The row of an image is written before its object and deleted before it, so that every object
-- has a row here or in activity_image_removals. Its key in the bucket is images/ and the uuid.

set local lock_timeout = '5s';

alter table activities
  add column images jsonb,
  add constraint activities__images
    check (jsonb_typeof(images) = 'array' and jsonb_array_length(images) between 1 and 4) not valid;
comment on column activities.images is
  'What a card shows of its images, in order: [{uuid, width, height, alt, placeholder}]; null: none. Never changes, so a read needs no join.';

alter table users add column alt_required boolean not null default true;
comment on column users.alt_required is 'Whether an image of theirs must have an alt text.';

create table activity_images (
  uuid uuid not null default uuidv7(),
  user_uuid uuid not null,
  activity_uuid uuid,
  width integer not null,
  height integer not null,
  placeholder text not null,
  created_at timestamptz not null default now(),
  constraint activity_images__uuid primary key (uuid),
  constraint activity_images__user foreign key (user_uuid) references users (uuid) on delete cascade,
  constraint activity_images__activity foreign key (activity_uuid) references activities (uuid) on delete cascade,
  constraint activity_images__size check (width between 1 and 1280 and height between 1 and 1280),
  constraint activity_images__placeholder_length check (octet_length(placeholder) <= 4096)
);

comment on table activity_images is 'One row per uploaded image. It ends with its activity, or an hour after the upload.';
comment on column activity_images.activity_uuid is 'Null until it is attached to an activity.';
comment on column activity_images.placeholder is 'The image in at most 16 × 16 pixels, as a data URI.';

create index activity_images__by_activity on activity_images (activity_uuid) where activity_uuid is not null;
create index activity_images__unattached on activity_images (created_at) where activity_uuid is null;
create index activity_images__by_user on activity_images (user_uuid);

create table activity_image_removals (
  image_uuid uuid not null,
  settles_at timestamptz not null,
  removed_at timestamptz,
  constraint activity_image_removals__image primary key (image_uuid)
);

comment on table activity_image_removals is 'Images whose row is gone and whose object the cron still has to delete.';
comment on column activity_image_removals.settles_at is
  'When the upload has surely ended. An object deleted before may be written afterwards, so it is deleted once more.';
comment on column activity_image_removals.removed_at is 'When the object was deleted; null: not yet.';

create function queue_image_removal() returns trigger
language plpgsql
as $$
begin
  insert into activity_image_removals (image_uuid, settles_at)
  values (old.uuid, old.created_at + interval '10 minutes')
  on conflict on constraint activity_image_removals__image do nothing;
  return null;
end
$$;

-- By a trigger, since most images go by cascade: with their activity, its parent, or their user.
create trigger activity_images__queue_removal after delete on activity_images
for each row execute function queue_image_removal();

-- Search finds alt texts too.
create or replace function fold_search() returns trigger
language plpgsql
as $$
begin
  new.folded_search := to_tsvector('simple', fold_text(
    new.message
    || coalesce((select string_agg(' ' || (image ->> 'alt'), '') from jsonb_array_elements(new.images) image), '')
  ));
  return new;
end
$$;

drop trigger activities__fold_search on activities;
create trigger activities__fold_search before insert on activities
for each row when (octet_length(new.message) <> char_length(new.message) or new.images is not null)
execute function fold_search();
comment on column activities.folded_search is
  'Words of the folded message and alt texts; null if they equal those in search. Set by the trigger activities__fold_search.';
