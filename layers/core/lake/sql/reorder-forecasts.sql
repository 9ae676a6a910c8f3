-- The forecasts of a morning, a row a day that is forecast.
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
where p.made_on = r.made_on
order by p.store_id, p.product_id, p.horizon
