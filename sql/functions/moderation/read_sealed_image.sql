-- Returns the object that holds the encrypted copy of a reported image, by its position from 1. Only for a moderator who has opened
-- the report within the last ten minutes, so that every look at it is in the log. No row: otherwise, or if there is no such copy.
create or replace function read_sealed_image(viewer_sub text, report_uuid uuid, "position" integer)
returns table (image_uuid uuid)
language plpgsql stable security definer
set plan_cache_mode = force_generic_plan
set enable_memoize = off
as $$
declare
  viewer constant uuid := find_viewer(read_sealed_image.viewer_sub);
begin
  return query
  select report.sealed_images[read_sealed_image.position]
  from reports report
  where report.uuid = read_sealed_image.report_uuid
    and report.sealed_copy is not null
    and not has_sealed_copy_expired(report)
    and cardinality(report.sealed_images) >= read_sealed_image.position
    and exists (
      select from moderation_log entry
      where entry.at > now() - interval '10 minutes'
        and entry.action = 'open'
        and entry.report_uuid = report.uuid
        and entry.moderator_uuid = viewer
    );
end
$$;
