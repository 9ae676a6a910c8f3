-- Days on which a product had no stock for some time, and in how many stores.
select
  i.day,
  count(*) as stores
from fact_inventory i
cross join run r
where i.product_id = r.product_id
  and i.day >= r.since
  and i.stock_out_minutes > 0
  and (r.stores is null or strpos(r.stores, chr(1) || i.store_id || chr(1)) > 0)
group by 1
