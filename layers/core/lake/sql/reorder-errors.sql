-- Past forecasts of a week, of more than so many on the best day, beside what was sold. A day on which the product was out of stock says nothing of what was wanted.
with asked as (
  select p.store_id, p.product_id
  from fact_predictions p
  cross join run r
  where p.made_on = r.made_on
  group by 1, 2
  having max(p.mean) > max(r.more_than)
), sold as (
  select s.store_id, s.product_id, s.day, cast(sum(s.units) as bigint) as units
  from fact_sales s
  cross join run r
  where s.kind = 'sale'
    and s.day >= r.since
    and s.day <= r.last_day
  group by 1, 2, 3
)
select
  p.store_id,
  p.product_id,
  p.horizon,
  p.mean,
  case when i.stock_out_minutes > 0 then cast(null as bigint) else coalesce(s.units, 0) end as units
from fact_predictions p
cross join run r
join asked a on a.store_id = p.store_id and a.product_id = p.product_id
left join sold s on s.store_id = p.store_id and s.product_id = p.product_id and s.day = p.day
left join fact_inventory i on i.store_id = p.store_id and i.product_id = p.product_id and i.day = p.day
where p.made_on = r.made_on
  and p.day <= r.last_day
order by p.store_id, p.product_id, p.horizon
