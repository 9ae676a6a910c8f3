-- A row a person, by the token that stands for them: who it is, is known at the doors alone.
with lines as (
  select s.customer, s.store_id, s.order_id, s.day, s.kind
  from fact_sales s
  where s.customer is not null
), sales as (
  select l.customer, l.store_id, l.order_id
  from lines l
  where l.kind = 'sale'
), seen as (
  select l.customer, l.day from lines l
  union all
  select f.customer, f.day from fact_refunds f where f.customer is not null
), days as (
  select s.customer, min(s.day) as first_seen, max(s.day) as last_seen
  from seen s
  group by 1
), bought as (
  -- Orders are numbered by store.
  select o.customer, count(*) as orders
  from (select distinct s.customer, s.store_id, s.order_id from sales s) o
  group by 1
), stores as (
  select s.customer, count(distinct s.store_id) as stores
  from sales s
  group by 1
)
select
  d.customer,
  d.first_seen,
  d.last_seen,
  coalesce(b.orders, 0) as orders,
  coalesce(s.stores, 0) as stores
from days d
left join bought b on b.customer = d.customer
left join stores s on s.customer = d.customer
