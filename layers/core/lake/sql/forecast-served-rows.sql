-- What the trees were told, and what each method said, of one product in one store: its days, the first one first.
select s.*
from served_rows s
cross join run r
where s.product_id = r.product_id
  and s.store_id = r.store_id
order by s.horizon
