-- Forecasts of one product, of some stores (run.stores holds each between two marks that no id holds) or of all.
select p.*
from fact_predictions p
cross join run r
where p.product_id = r.product_id
  and (r.stores is null or strpos(r.stores, chr(1) || p.store_id || chr(1)) > 0)
order by p.store_id, p.day
