-- A row a booked refund of the day. The source's own words about it (`note`) stay in the raw table.
with lines as (
  select
    b.*,
    row_number() over (
      partition by b.shard, b.sequence
      order by b.product_id, b.amount_minor, b.quantity, b.currency, b.reason
    ) as line
  from booked_line b
  cross join run r
  where b.merchant_id = r.merchant_id
    and b.occurred_at >= r.day_start
    and b.occurred_at < r.day_end
    and b.kind = 'refund'
), restock as (
  -- A merchant's policy holds for what is booked after it, in its shard's order.
  select
    s.shard,
    s.name,
    s.value,
    s.sequence as since,
    lead(s.sequence) over (partition by s.shard, s.name order by s.sequence) as until
  from setting_changed s
  cross join run r
  where s.merchant_id = r.merchant_id
    and s.category is null
    and s.product_id is null
    and strpos(s.name, 'restock.') = 1
)
select
  cast(l.shard as varchar) || '-' || l.sequence || '-' || cast(l.line as varchar) as line_id,
  l.event_id,
  l.order_id,
  r.business_date as day,
  l.business_date as store_day,
  l.occurred_at,
  l.received_at,
  l.store_id,
  l.product_id,
  l.customer,
  l.reason,
  case
    when p.value is null then strpos(r.restocked_by_default, ',' || l.reason || ',') > 0
    else p.value = 'true'
  end as is_restocked,
  l.currency,
  l.quantity as units,
  l.amount_minor as refunded_minor
from lines l
cross join run r
left join restock p
  on p.shard = l.shard
  and p.name = 'restock.' || l.reason
  and p.since < l.sequence
  and (p.until is null or p.until > l.sequence)
