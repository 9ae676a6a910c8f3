-- What the next seven days bring of each product, over the stores asked about: means add up. The largest first.
select
  p.product_id,
  sum(p.mean) as week,
  count(distinct p.store_id) as stores,
  count(*) over () as found
from fact_predictions p
cross join run r
where r.stores is null or strpos(r.stores, chr(1) || p.store_id || chr(1)) > 0
group by 1
order by 2 desc, 1
limit 500
