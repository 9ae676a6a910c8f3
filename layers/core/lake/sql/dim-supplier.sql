-- A row a supplier that a listing, a purchase order or a delivery has named.
with listed as (
  select p.supplier_id, count(*) as products
  from dim_product p
  where p.is_current
    and p.supplier_id is not null
  group by 1
), ordered as (
  select
    o.supplier_id,
    count(distinct o.purchase_order_id) as orders,
    cast(sum(o.quantity) as bigint) as ordered_units,
    min(o.business_date) as first_ordered,
    max(o.business_date) as last_ordered
  from purchase_order_placed o
  cross join run r
  where o.merchant_id = r.merchant_id
    and o.occurred_at < r.day_end
  group by 1
), received as (
  select
    d.supplier_id,
    cast(sum(d.quantity) as bigint) as received_units,
    max(d.business_date) as last_received
  from purchase_order_received d
  cross join run r
  where d.merchant_id = r.merchant_id
    and d.occurred_at < r.day_end
  group by 1
), known as (
  select p.supplier_id from dim_product p where p.supplier_id is not null
  union
  select o.supplier_id from ordered o
  union
  select d.supplier_id from received d
)
select
  k.supplier_id,
  coalesce(l.products, 0) as products,
  coalesce(o.orders, 0) as orders,
  coalesce(o.ordered_units, 0) as ordered_units,
  coalesce(d.received_units, 0) as received_units,
  o.first_ordered,
  o.last_ordered,
  d.last_received
from known k
left join listed l on l.supplier_id = k.supplier_id
left join ordered o on o.supplier_id = k.supplier_id
left join received d on d.supplier_id = k.supplier_id
