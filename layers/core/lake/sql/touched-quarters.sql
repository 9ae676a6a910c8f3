-- When, to the quarter of an hour in UTC, the merchant has rows that came from this shard behind this record.
select distinct
  date_trunc('hour', t.occurred_at) as hour,
  cast(floor(extract(minute from t.occurred_at) / 15e0) as bigint) as quarter
from touched t
cross join run r
where t.merchant_id = r.merchant_id
  and t.shard = r.shard
  and t.sequence > r.archived
