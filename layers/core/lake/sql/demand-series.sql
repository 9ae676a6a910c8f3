-- Products of stores that sold since a day: of the stores from one to another, in order of store and product, from one place in
-- that order up to another, and of these as many as are wanted: a sample that is even over stores, and of other products in each of
-- them (D. Knuth, The Art of Computer Programming, volume 3, 6.4: multiplicative hashing). A place is a number of its own.
with sold as (
  select s.store_id, s.product_id
  from fact_sales s
  cross join run r
  where s.kind = 'sale'
    and s.product_id is not null
    and s.units > 0
    and s.day >= r.since
    and s.day <= r.last_day
    and s.store_id >= r.first_store
    and s.store_id <= r.last_store
  group by 1, 2
), numbered as (
  select
    s.store_id,
    s.product_id,
    row_number() over (order by s.store_id, s.product_id) - 1 as number
  from sold s
), mixed as (
  select
    n.store_id,
    n.product_id,
    n.number,
    row_number() over (order by mod(n.number * 2654435761, 4294967296), n.number) as rank
  from numbered n
  cross join run r
  where n.number >= r.first_number
    and n.number < r.end_number
), chosen as (
  select
    m.store_id,
    m.product_id,
    row_number() over (order by m.number) - 1 as place
  from mixed m
  cross join run r
  where m.rank <= r.most
)
select
  c.store_id,
  c.product_id,
  d.category,
  d.sub_category,
  cast(c.place as bigint) as place
from chosen c
left join dim_product d on d.product_id = c.product_id and d.is_current
