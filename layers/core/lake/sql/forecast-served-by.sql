-- What forecasts the products of stores, by how they sell.
select
  p.served_by,
  p.segment,
  p.model_version,
  count(*) as series
from fact_predictions p
cross join run r
where p.horizon = 1
  and (r.product_id is null or p.product_id = r.product_id)
  and (r.stores is null or strpos(r.stores, chr(1) || p.store_id || chr(1)) > 0)
group by 1, 2, 3
order by 4 desc, 1, 2
