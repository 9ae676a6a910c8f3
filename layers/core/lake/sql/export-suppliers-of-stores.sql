-- Suppliers for whoever sees some stores alone: what was ordered is counted over all stores.
select
  e.supplier_id,
  e.products,
  cast(null as bigint) as orders,
  cast(null as bigint) as ordered_units,
  cast(null as bigint) as received_units,
  cast(null as date) as first_ordered,
  cast(null as date) as last_ordered,
  cast(null as date) as last_received
from exported e
