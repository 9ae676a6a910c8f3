-- Days on which a product to forecast had no stock, of tracked stock alone: the whole day, or from some time on. When on the day
-- it ran out is not known, so half of the day stands for it. What was sold although nothing was there was there: no stock-out.
select
  d.place,
  cast(date_diff('day', r.first_day, i.day) as bigint) as day,
  case when i.opening <= 0 then 1e0 else 5e-1 end as share
from fact_inventory i
cross join run r
join demand_series d on d.store_id = i.store_id and d.product_id = i.product_id
where i.is_tracked
  and i.on_hand <= 0
  and i.day >= r.since
  and i.day <= r.last_day
  and (
    i.opening > 0
    or (i.sold = 0 and i.received = 0 and i.returned = 0 and i.adjusted <= 0 and i.counted_difference <= 0)
  )
