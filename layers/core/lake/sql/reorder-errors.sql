-- Past forecasts of a week, of as many as are asked about, beside what was sold: of those that were expected to sell most on a day.
-- A day on which the product was out of stock says nothing of what was wanted.
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
