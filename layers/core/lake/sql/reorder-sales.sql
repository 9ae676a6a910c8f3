-- What the products that are asked about sold by week, and for how much: weeks count from since. They are those that are expected to
-- sell most on a day.
with ranked as (
  select
    p.store_id,
    p.product_id,
    row_number() over (order by max(p.mean) desc, p.store_id, p.product_id) as place
  from fact_predictions p
  cross join run r
  where p.made_on = r.made_on
  group by p.store_id, p.product_id
), asked as (
  select k.store_id, k.product_id
  from ranked k
  cross join run r
  where k.place <= r.most
)
select
  s.store_id,
  s.product_id,
  s.currency,
  cast(floor(date_diff('day', r.since, s.day) / 7e0) as bigint) as week,
  cast(sum(s.units) as bigint) as units,
  cast(sum(s.net_minor) as bigint) as revenue_minor
from fact_sales s
cross join run r
join asked a on a.store_id = s.store_id and a.product_id = s.product_id
where s.kind = 'sale'
  and s.day >= r.since
  and s.day <= r.last_day
group by 1, 2, 3, 4
