-- Of what is forecast of a morning, what the best of the next seven days of the product is expected to sell that comes after so many
-- better ones; nothing where there are no more.
with expected as (
  select p.store_id, p.product_id, max(p.mean) as units
  from fact_predictions p
  cross join run r
  where p.made_on = r.made_on
  group by 1, 2
), ranked as (
  select e.units, row_number() over (order by e.units desc, e.store_id, e.product_id) as place
  from expected e
)
select k.units
from ranked k
cross join run r
where k.place = r.most + 1
