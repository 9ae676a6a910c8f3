-- The forecasts of a morning of what is expected to sell more than so many on its best day, a row a day that is forecast.
with asked as (
  select p.store_id, p.product_id
  from fact_predictions p
  cross join run r
  where p.made_on = r.made_on
  group by 1, 2
  having max(p.mean) > max(r.more_than)
)
select
  p.store_id,
  p.product_id,
  p.horizon,
  p.mean,
  p.q10,
  p.q20,
  p.q30,
  p.q40,
  p.q50,
  p.q60,
  p.q70,
  p.q80,
  p.q90
from fact_predictions p
cross join run r
join asked a on a.store_id = p.store_id and a.product_id = p.product_id
where p.made_on = r.made_on
order by p.store_id, p.product_id, p.horizon
