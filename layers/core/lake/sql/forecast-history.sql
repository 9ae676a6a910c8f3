-- Units sold by store and day, of one product or of all, of some stores or of all. A sale that was called off later was wanted all
-- the same.
select
  s.store_id,
  s.day,
  cast(sum(s.units) as bigint) as units
from fact_sales s
cross join run r
where s.kind = 'sale'
  and s.day >= r.since
  and (r.product_id is null or s.product_id = r.product_id)
  and (r.stores is null or strpos(r.stores, chr(1) || s.store_id || chr(1)) > 0)
group by 1, 2
having sum(s.units) > 0
