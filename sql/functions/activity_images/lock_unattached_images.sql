-- Locks images that the viewer attaches to an activity, and returns them for activities.images, in order; null if there are none.
-- `alts` are their alt texts. CR42I: one does not exist, or is another user's. CR409: one is attached already. CR42A: an alt text
-- is missing, and the viewer's preference requires it.
create or replace function lock_unattached_images(viewer uuid, image_uuids uuid[], alts text[]) returns jsonb
language plpgsql
as $$
declare
  own_count integer;
begin
  if image_uuids = '{}' then
    return null;
  end if;

  perform from activity_images image
  where image.uuid = any (image_uuids) and image.user_uuid = viewer
  order by image.uuid
  for update;
  get diagnostics own_count = row_count;

  if own_count < (select count(distinct given.uuid) from unnest(image_uuids) given (uuid)) then
    raise exception using errcode = 'CR42I', message = 'no such image';
  elsif own_count < cardinality(image_uuids)
    or exists (
      select from activity_images image where image.uuid = any (image_uuids) and image.activity_uuid is not null
    )
  then
    raise exception using errcode = 'CR409', message = 'an image is attached';
  elsif '' = any (alts) and (select member.alt_required from users member where member.uuid = viewer) then
    raise exception using errcode = 'CR42A', message = 'an alt text is missing';
  end if;

  return (
    select jsonb_agg(
      jsonb_build_object(
        'uuid', image.uuid,
        'width', image.width,
        'height', image.height,
        'alt', given.alt,
        'placeholder', image.placeholder
      )
      order by given.position
    )
    from unnest(image_uuids, alts) with ordinality given (uuid, alt, position)
    join activity_images image on image.uuid = given.uuid
  );
end
$$;
