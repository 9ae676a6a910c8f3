-- A row a store, as it was listed last; a store that only trade knows has a row without a name.
with listings as (
  -- Listings go to every shard; one copy is enough.
  select
    s.*,
    row_number() over (partition by s.store_id order by s.occurred_at desc, s.sequence desc) as nth
  from store_listed s
  cross join run r
  where s.merchant_id = r.merchant_id
    and s.shard = 0
    and s.occurred_at < r.day_end
), known as (
  select l.store_id from listings l
  union
  select s.store_id from fact_sales s
  union
  select f.store_id from fact_refunds f
  union
  select i.store_id from fact_inventory i
)
select
  k.store_id,
  l.store_id is not null as is_listed,
  l.name,
  l.city,
  l.region,
  l.size_sqft,
  l.time_zone,
  l.currency,
  l.opening_hours
from known k
left join listings l on l.store_id = k.store_id and l.nth = 1
