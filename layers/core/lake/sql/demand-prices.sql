-- The list price of the products to forecast, from which day on; before the first day the day is negative. It holds until the
-- next one.
select
  d.place,
  cast(date_diff('day', r.first_day, cast(p.valid_from as date)) as bigint) as day,
  p.base_price_minor
from dim_product p
cross join run r
join demand_series d on d.product_id = p.product_id
where p.base_price_minor > 0
  and cast(p.valid_from as date) <= r.last_day
order by d.place, p.version
