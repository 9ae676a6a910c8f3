-- Days on which a product to forecast had no stock, of tracked stock alone, and for which share of the day: hours without stock
-- count alike, whether the store was open or not. What was sold although nothing was there was there: no stock-out.
select
  d.place,
  cast(date_diff('day', r.first_day, i.day) as bigint) as day,
  -- The shortest day, on which a clock is changed, has 1380 minutes.
  case when i.stock_out_minutes >= 1380 then 1e0 else cast(i.stock_out_minutes as double) / 1440e0 end as share
from fact_inventory i
cross join run r
join demand_series d on d.store_id = i.store_id and d.product_id = i.product_id
where i.stock_out_minutes > 0
  and i.day >= r.since
  and i.day <= r.last_day
  and not (i.stock_out_minutes >= 1380 and i.sold > 0)
