-- The products of stores to forecast: those that sold since a day, the ones with the most units first, as many as are wanted.
-- A place is a number of its own; found: how many there are in all.
with sold as (
  select s.store_id, s.product_id, cast(sum(s.units) as bigint) as units
  from fact_sales s
  cross join run r
  where s.kind = 'sale'
    and s.product_id is not null
    and s.day >= r.since
    and s.day <= r.last_day
  group by 1, 2
), placed as (
  select
    s.store_id,
    s.product_id,
    row_number() over (order by s.units desc, s.store_id, s.product_id) - 1 as place,
    count(*) over () as found
  from sold s
  where s.units > 0
)
select
  p.store_id,
  p.product_id,
  d.category,
  d.sub_category,
  cast(p.place as bigint) as place,
  cast(p.found as bigint) as found
from placed p
cross join run r
left join dim_product d on d.product_id = p.product_id and d.is_current
where p.place < r.most
