-- A table as it is published, for whoever sees all of the merchant's stores.
select e.*
from exported e
