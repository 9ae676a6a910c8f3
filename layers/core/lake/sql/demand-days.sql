-- Units sold a day of the products to forecast, and the orders that they were sold in. A sale that was called off later was
-- wanted all the same. Days count from first_day.
select
  d.place,
  cast(date_diff('day', r.first_day, s.day) as bigint) as day,
  cast(sum(s.units) as bigint) as units,
  cast(count(distinct s.order_id) as bigint) as orders
from fact_sales s
cross join run r
join demand_series d on d.store_id = s.store_id and d.product_id = s.product_id
where s.kind = 'sale'
  and s.day >= r.since
  and s.day <= r.last_day
group by 1, 2
having sum(s.units) > 0
