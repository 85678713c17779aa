-- Notes that Cognito has deleted a person's account too: in 90 days there is no token of it left, nor anything to guard from.
-- $1 sub text
update departed_subs
set until = now() + interval '90 days'
where departed_subs.hash = sub_hash($1::text) and departed_subs.until = 'infinity'
returning departed_subs.hash
