-- Products for whoever sees some stores alone: what a unit costs is the whole merchant's.
select
  e.product_id,
  e.version,
  e.valid_from,
  e.valid_to,
  e.is_current,
  e.is_listed,
  e.title,
  e.category,
  e.sub_category,
  e.brand,
  e.supplier_id,
  e.base_price_minor,
  cast(null as bigint) as unit_cost_minor,
  e.currency,
  e.shelf_life_days,
  e.pack_size,
  e.min_order
from exported e
