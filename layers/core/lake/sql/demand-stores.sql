-- The stores that sold since a day, in their order, and how many products each of them sold.
select
  s.store_id,
  cast(count(distinct s.product_id) as bigint) as products
from fact_sales s
cross join run r
where s.kind = 'sale'
  and s.product_id is not null
  and s.units > 0
  and s.day >= r.since
  and s.day <= r.last_day
group by 1
order by 1
