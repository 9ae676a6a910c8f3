-- What the products that are asked about sold by week, and for how much: weeks count from since. Asked about is what is expected to sell
-- more than so many on its best day.
with asked as (
  select p.store_id, p.product_id
  from fact_predictions p
  cross join run r
  where p.made_on = r.made_on
  group by 1, 2
  having max(p.mean) > max(r.more_than)
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
