-- What the products that are forecast sold by week, and for how much: weeks count from since.
select
  s.store_id,
  s.product_id,
  s.currency,
  cast(floor(date_diff('day', r.since, s.day) / 7e0) as bigint) as week,
  cast(sum(s.units) as bigint) as units,
  cast(sum(s.net_minor) as bigint) as revenue_minor
from fact_sales s
cross join run r
where s.kind = 'sale'
  and s.day >= r.since
  and s.day <= r.last_day
  and exists (
    select 1
    from fact_predictions p
    where p.made_on = r.made_on
      and p.horizon = 1
      and p.store_id = s.store_id
      and p.product_id = s.product_id
  )
group by 1, 2, 3, 4
