-- A row a span of time in which a product's entry said the same. A partial listing leaves what it does not say as it was,
-- a whole one takes it away. The first version is valid from the beginning, so that every line of trade finds one.
with listings as (
  -- Listings go to every shard; one copy is enough.
  select
    p.*,
    row_number() over (partition by p.product_id order by p.occurred_at, p.sequence) as nth
  from product_listed p
  cross join run r
  where p.merchant_id = r.merchant_id
    and p.shard = 0
    and p.occurred_at < r.day_end
), wholes as (
  select
    l.*,
    count(case when coalesce(l.is_partial, false) then null else 1 end)
      over (partition by l.product_id order by l.nth) as whole
  from listings l
), filled as (
  -- How many have said something up to here names the one that said it last.
  select
    w.product_id,
    w.whole,
    w.nth,
    w.occurred_at,
    w.title,
    w.category,
    w.sub_category,
    w.brand,
    w.supplier_id,
    w.base_price_minor,
    w.unit_cost_minor,
    w.currency,
    w.shelf_life_days,
    w.pack_size,
    w.min_order,
    count(w.category) over so_far as category_n,
    count(w.sub_category) over so_far as sub_category_n,
    count(w.brand) over so_far as brand_n,
    count(w.supplier_id) over so_far as supplier_id_n,
    count(w.base_price_minor) over so_far as base_price_minor_n,
    count(w.unit_cost_minor) over so_far as unit_cost_minor_n,
    count(w.currency) over so_far as currency_n,
    count(w.shelf_life_days) over so_far as shelf_life_days_n,
    count(w.pack_size) over so_far as pack_size_n,
    count(w.min_order) over so_far as min_order_n
  from wholes w
  window so_far as (partition by w.product_id, w.whole order by w.nth)
), entries as (
  select
    f.product_id,
    f.nth,
    f.occurred_at,
    f.title,
    max(f.category) over (partition by f.product_id, f.whole, f.category_n) as category,
    max(f.sub_category) over (partition by f.product_id, f.whole, f.sub_category_n) as sub_category,
    max(f.brand) over (partition by f.product_id, f.whole, f.brand_n) as brand,
    max(f.supplier_id) over (partition by f.product_id, f.whole, f.supplier_id_n) as supplier_id,
    max(f.base_price_minor) over (partition by f.product_id, f.whole, f.base_price_minor_n) as base_price_minor,
    max(f.unit_cost_minor) over (partition by f.product_id, f.whole, f.unit_cost_minor_n) as unit_cost_minor,
    max(f.currency) over (partition by f.product_id, f.whole, f.currency_n) as currency,
    max(f.shelf_life_days) over (partition by f.product_id, f.whole, f.shelf_life_days_n) as shelf_life_days,
    max(f.pack_size) over (partition by f.product_id, f.whole, f.pack_size_n) as pack_size,
    max(f.min_order) over (partition by f.product_id, f.whole, f.min_order_n) as min_order
  from filled f
), compared as (
  select
    e.*,
    e.nth = 1
      or e.title is distinct from lag(e.title) over earlier
      or e.category is distinct from lag(e.category) over earlier
      or e.sub_category is distinct from lag(e.sub_category) over earlier
      or e.brand is distinct from lag(e.brand) over earlier
      or e.supplier_id is distinct from lag(e.supplier_id) over earlier
      or e.base_price_minor is distinct from lag(e.base_price_minor) over earlier
      or e.unit_cost_minor is distinct from lag(e.unit_cost_minor) over earlier
      or e.currency is distinct from lag(e.currency) over earlier
      or e.shelf_life_days is distinct from lag(e.shelf_life_days) over earlier
      or e.pack_size is distinct from lag(e.pack_size) over earlier
      or e.min_order is distinct from lag(e.min_order) over earlier as is_new
  from entries e
  window earlier as (partition by e.product_id order by e.nth)
), versions as (
  select
    c.*,
    row_number() over (partition by c.product_id order by c.nth) as version,
    lead(c.occurred_at) over (partition by c.product_id order by c.nth) as valid_to
  from compared c
  where c.is_new
), traded as (
  select s.product_id from fact_sales s where s.product_id is not null
  union
  select f.product_id from fact_refunds f
  union
  select i.product_id from fact_inventory i
)
select
  v.product_id,
  v.version,
  case when v.version = 1 then timestamp '1970-01-01 00:00:00' else v.occurred_at end as valid_from,
  v.valid_to,
  v.valid_to is null as is_current,
  true as is_listed,
  v.title,
  v.category,
  v.sub_category,
  v.brand,
  v.supplier_id,
  v.base_price_minor,
  v.unit_cost_minor,
  v.currency,
  v.shelf_life_days,
  v.pack_size,
  v.min_order
from versions v
union all
select
  t.product_id,
  cast(1 as bigint) as version,
  timestamp '1970-01-01 00:00:00' as valid_from,
  cast(null as timestamp) as valid_to,
  true as is_current,
  false as is_listed,
  cast(null as varchar) as title,
  cast(null as varchar) as category,
  cast(null as varchar) as sub_category,
  cast(null as varchar) as brand,
  cast(null as varchar) as supplier_id,
  cast(null as bigint) as base_price_minor,
  cast(null as bigint) as unit_cost_minor,
  cast(null as varchar) as currency,
  cast(null as bigint) as shelf_life_days,
  cast(null as bigint) as pack_size,
  cast(null as bigint) as min_order
from traded t
where not exists (select 1 from listings l where l.product_id = t.product_id)
