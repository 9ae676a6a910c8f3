-- A row a booked sale, cancellation, correction or charge of the day. Amounts add up as the live figures do:
-- net = gross - discount - cancelled + charge. A record may book several lines: they are numbered by what they say.
with lines as (
  select
    b.*,
    row_number() over (
      partition by b.shard, b.sequence
      order by b.kind, b.product_id, b.amount_minor, b.quantity, b.discount_minor, b.tax_minor, b.currency, b.channel
    ) as line
  from booked_line b
  cross join run r
  where b.merchant_id = r.merchant_id
    and b.occurred_at >= r.day_start
    and b.occurred_at < r.day_end
    and b.kind in ('sale', 'cancellation', 'correction', 'charge')
), amounts as (
  select
    l.*,
    case when l.kind in ('sale', 'correction') then l.amount_minor else 0 end as gross_minor,
    case when l.kind = 'cancellation' then l.amount_minor else 0 end as cancelled_minor,
    case when l.kind = 'charge' then l.amount_minor else 0 end as charge_minor
  from lines l
)
select
  cast(a.shard as varchar) || '-' || a.sequence || '-' || cast(a.line as varchar) as line_id,
  a.event_id,
  a.kind,
  a.order_id,
  r.business_date as day,
  a.business_date as store_day,
  a.occurred_at,
  a.received_at,
  a.store_id,
  a.product_id,
  a.customer,
  a.channel,
  a.payment_method,
  a.currency,
  case when a.kind = 'sale' then a.quantity else 0 end as units,
  case when a.kind = 'cancellation' then a.quantity else 0 end as cancelled_units,
  a.gross_minor,
  a.discount_minor,
  a.tax_minor,
  a.cancelled_minor,
  a.charge_minor,
  a.gross_minor - a.discount_minor - a.cancelled_minor + a.charge_minor as net_minor,
  coalesce(a.is_estimated, false) as is_estimated
from amounts a
cross join run r
