-- Products for whoever sees some stores alone: what a unit costs is the whole merchant's. One that nobody has listed is known by
-- trade alone: it is theirs where it was traded in their stores, of which the facts are.
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
where e.is_listed
  or e.product_id in (select s.product_id from fact_sales s)
  or e.product_id in (select r.product_id from fact_refunds r)
  or e.product_id in (select i.product_id from fact_inventory i)
