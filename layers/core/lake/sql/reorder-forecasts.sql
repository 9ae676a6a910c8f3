-- The forecasts of a morning of as many as are asked about, those that are expected to sell most on a day: a row a day that is
-- forecast.
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
