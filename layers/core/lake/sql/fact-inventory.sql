-- Stock at the end of the day, of every product that a store has ever had: the evening before, and what moved since; with the
-- levels that the day's morning ordered by.
-- A count is the level at its time; what moved after it is added. Within one store, time and then sequence say what was after.
with named as (
  -- The product that was last listed with that name before, in the shard's order. Lists lie in the lake as JSON text.
  select
    i.store_id,
    coalesce(p.product_id, i.alias) as product_id,
    i.occurred_at,
    i.sequence,
    i.level,
    row_number() over (partition by i.shard, i.sequence order by p.sequence desc) as nth
  from stock_item_counted i
  cross join run r
  left join product_listed p
    on p.merchant_id = i.merchant_id
    and p.shard = i.shard
    and p.sequence < i.sequence
    and strpos(p.aliases, '"' || i.alias || '"') > 0
  where i.merchant_id = r.merchant_id
    and i.occurred_at >= r.day_start
    and i.occurred_at < r.day_end
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
), happened as (
  select
    o.store_id,
    o.product_id,
    r.day_start as occurred_at,
    '' as sequence,
    o.on_hand as opening,
    o.is_tracked,
    cast(0 as bigint) as received,
    cast(0 as bigint) as sold,
    cast(0 as bigint) as returned,
    cast(0 as bigint) as adjusted,
    cast(null as bigint) as level
  from opening o
  cross join run r
  union all
  select
    b.store_id,
    b.product_id,
    b.occurred_at,
    b.sequence,
    0,
    false,
    0,
    case when b.kind = 'sale' then b.quantity else 0 end,
    case when b.kind = 'sale' then 0 else b.quantity end,
    0,
    null
  from booked_line b
  cross join run r
  left join restock p
    on p.shard = b.shard
    and p.name = 'restock.' || b.reason
    and p.since < b.sequence
    and (p.until is null or p.until > b.sequence)
  where b.merchant_id = r.merchant_id
    and b.occurred_at >= r.day_start
    and b.occurred_at < r.day_end
    and b.product_id is not null
    and (
      b.kind in ('sale', 'cancellation')
      or (
        b.kind = 'refund'
        and case
          when p.value is null then strpos(r.restocked_by_default, ',' || b.reason || ',') > 0
          else p.value = 'true'
        end
      )
    )
  union all
  select s.store_id, s.product_id, s.occurred_at, s.sequence, 0, true, s.quantity, 0, 0, 0, null
  from stock_received s
  cross join run r
  where s.merchant_id = r.merchant_id
    and s.occurred_at >= r.day_start
    and s.occurred_at < r.day_end
  union all
  select a.store_id, a.product_id, a.occurred_at, a.sequence, 0, false, 0, 0, 0, a.quantity, null
  from stock_adjusted a
  cross join run r
  where a.merchant_id = r.merchant_id
    and a.occurred_at >= r.day_start
    and a.occurred_at < r.day_end
  union all
  select c.store_id, c.product_id, c.occurred_at, c.sequence, 0, true, 0, 0, 0, 0, c.level
  from stock_counted c
  cross join run r
  where c.merchant_id = r.merchant_id
    and c.occurred_at >= r.day_start
    and c.occurred_at < r.day_end
  union all
  select n.store_id, n.product_id, n.occurred_at, n.sequence, 0, true, 0, 0, 0, 0, n.level
  from named n
  where n.nth = 1
), placed as (
  -- 0: after the last count; 1: the last count, and what was between it and the one before.
  select
    h.*,
    sum(case when h.level is null then 0 else 1 end) over (
      partition by h.store_id, h.product_id
      order by h.occurred_at desc, h.sequence desc
      rows between unbounded preceding and current row
    ) as counts_since
  from happened h
), summed as (
  select
    p.store_id,
    p.product_id,
    cast(sum(p.opening) as bigint) as opening,
    cast(sum(p.received) as bigint) as received,
    cast(sum(p.sold) as bigint) as sold,
    cast(sum(p.returned) as bigint) as returned,
    cast(sum(p.adjusted) as bigint) as adjusted,
    max(case when p.counts_since = 1 then p.level end) as level,
    cast(
      sum(case when p.counts_since = 0 then p.received - p.sold + p.returned + p.adjusted else 0 end) as bigint
    ) as after_count,
    bool_or(p.is_tracked) as is_tracked
  from placed p
  group by 1, 2
), counted as (
  -- Rows after the same count, with the count first; 0: before any.
  select
    h.*,
    sum(case when h.level is null then 0 else 1 end) over (
      partition by h.store_id, h.product_id
      order by h.occurred_at, h.sequence
      rows between unbounded preceding and current row
    ) as counts_before
  from happened h
), levelled as (
  -- What was on hand from then until the next row.
  select
    c.store_id,
    c.product_id,
    c.occurred_at,
    lead(c.occurred_at) over (partition by c.store_id, c.product_id order by c.occurred_at, c.sequence) as until,
    sum(coalesce(c.level, c.opening + c.received - c.sold + c.returned + c.adjusted)) over (
      partition by c.store_id, c.product_id, c.counts_before
      order by c.occurred_at, c.sequence
      rows between unbounded preceding and current row
    ) as on_hand,
    sum(case when c.is_tracked then 1 else 0 end) over (
      partition by c.store_id, c.product_id
      order by c.occurred_at, c.sequence
      rows between unbounded preceding and current row
    ) as times_tracked
  from counted c
), out_of_stock as (
  select
    l.store_id,
    l.product_id,
    cast(round(sum(date_diff('millisecond', l.occurred_at, coalesce(l.until, r.day_end))) / 60000e0) as bigint) as minutes
  from levelled l
  cross join run r
  where l.on_hand <= 0
    and l.times_tracked > 0
  group by 1, 2
), moved as (
  select
    s.*,
    s.opening + s.received - s.sold + s.returned + s.adjusted as by_movements
  from summed s
)
select
  r.business_date as day,
  m.store_id,
  m.product_id,
  m.opening,
  m.received,
  m.sold,
  m.returned,
  m.adjusted,
  coalesce(m.level + m.after_count - m.by_movements, 0) as counted_difference,
  coalesce(m.level + m.after_count, m.by_movements) as on_hand,
  m.level is not null as is_counted,
  m.is_tracked,
  coalesce(o.minutes, 0) as stock_out_minutes,
  l.reorder_point,
  l.safety_stock
from moved m
cross join run r
left join out_of_stock o
  on o.store_id = m.store_id
  and o.product_id = m.product_id
left join fact_reorders l
  on l.store_id = m.store_id
  and l.product_id = m.product_id
