-- Totals of a store's days, or of all stores where run.store_id is null.
select t.*
from served_totals t
cross join run r
where t.store_id = r.store_id
  or (t.store_id is null and r.store_id is null)
order by t.horizon
