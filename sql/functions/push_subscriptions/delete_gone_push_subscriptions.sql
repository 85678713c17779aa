-- Deletes push subscriptions that their push service does not know any more.
create or replace function delete_gone_push_subscriptions(subscription_uuids uuid[]) returns void
language plpgsql security definer
as $$
begin
  delete from push_subscriptions gone
  where gone.uuid = any (delete_gone_push_subscriptions.subscription_uuids);
end
$$;
