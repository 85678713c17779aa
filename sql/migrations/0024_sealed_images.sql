-- Encrypted copies of reported images (decision 63). They are objects like images of activities, are removed by the same queue, and
-- go whenever the sealed copy of their report goes.

set local lock_timeout = '5s';

alter table reports add column sealed_images uuid[];
comment on column reports.sealed_images is
  'Objects with encrypted copies of the images, in order, as long as there is a sealed copy; null: none. Some may not have been stored.';

create function queue_sealed_image_removal() returns trigger
language plpgsql
as $$
begin
  -- A copy is stored within 50 minutes of its report (create_report).
  insert into activity_image_removals (image_uuid, settles_at)
  select unnest(old.sealed_images), old.created_at + interval '1 hour'
  on conflict on constraint activity_image_removals__image do nothing;
  return null;
end
$$;

create trigger reports__queue_image_removal after update of sealed_copy on reports
for each row when (old.sealed_images is not null and old.sealed_copy is not null and new.sealed_copy is null)
execute function queue_sealed_image_removal();

create trigger reports__queue_image_removal_of_deleted after delete on reports
for each row when (old.sealed_images is not null and old.sealed_copy is not null)
execute function queue_sealed_image_removal();
