-- Totals of forecasts by day: of one store, of one product, of all; where run.group_id is null, of each of them.
select t.*
from served_totals t
cross join run r
where t.total_of = r.total_of
  and (t.group_id = r.group_id or r.group_id is null)
order by t.group_id, t.horizon
