-- What was published of days that are over, against what was sold then: by day and by the currency of costs. Of each day the forecast
-- that was made run.horizon days ahead, and beside it the same weekday a week before and the mean of the 28 days before it was made.
-- What costs name no currency are in the store's, or else the merchant's. A day on which the product ran out judges no forecast. An error costs: a unit too many its cost, a unit too few the margin.
with forecast as (
  -- Of what was never forecast no sale is looked at: that may be most of them.
  select p.store_id, p.product_id
  from fact_predictions p
  cross join run r
  where p.horizon = r.horizon
  group by 1, 2
), sold as (
  select s.store_id, s.product_id, s.day, cast(sum(s.units) as double) as units
  from fact_sales s
  join forecast f on f.store_id = s.store_id and f.product_id = s.product_id
  where s.kind = 'sale'
    and s.product_id is not null
  group by 1, 2, 3
), published as (
  select
    p.store_id,
    p.product_id,
    p.day,
    p.made_on,
    p.median,
    p.mean,
    p.q10,
    p.q90,
    cast(p.made_on - 28 * interval '1' day as date) as month_from,
    cast(p.day - 7 * interval '1' day as date) as week_before
  from fact_predictions p
  cross join run r
  where p.horizon = r.horizon
    and p.day >= r.since
    and p.day <= r.last_day
), judged as (
  select p.*
  from published p
  left join fact_inventory i
    on i.store_id = p.store_id and i.product_id = p.product_id and i.day = p.day and i.stock_out_minutes > 0
  where i.day is null
), months as (
  select j.store_id, j.product_id, j.day, sum(s.units) / 28e0 as units
  from judged j
  join sold s
    on s.store_id = j.store_id and s.product_id = j.product_id and s.day >= j.month_from and s.day < j.made_on
  group by 1, 2, 3
), compared as (
  select
    j.day,
    j.store_id,
    j.product_id,
    j.median,
    j.mean,
    j.q10,
    j.q90,
    coalesce(a.units, 0e0) as actual,
    coalesce(w.units, 0e0) as naive,
    coalesce(m.units, 0e0) as moving
  from judged j
  left join sold a on a.store_id = j.store_id and a.product_id = j.product_id and a.day = j.day
  left join sold w on w.store_id = j.store_id and w.product_id = j.product_id and w.day = j.week_before
  left join months m on m.store_id = j.store_id and m.product_id = j.product_id and m.day = j.day
), priced as (
  select
    c.*,
    case
      when d.unit_cost_minor is not null and d.base_price_minor is not null then coalesce(d.currency, s.currency, r.currency)
    end as currency,
    cast(d.unit_cost_minor as double) as cost,
    case
      when d.base_price_minor > d.unit_cost_minor then cast(d.base_price_minor - d.unit_cost_minor as double)
      else 0e0
    end as margin
  from compared c
  cross join run r
  left join dim_product d on d.product_id = c.product_id and d.is_current
  left join dim_store s on s.store_id = c.store_id
)
select
  p.day,
  p.currency,
  count(*) as forecasts,
  sum(p.actual) as actual,
  sum(p.median) as median,
  sum(p.mean) as mean,
  sum(abs(p.median - p.actual)) as error,
  sum(abs(p.naive - p.actual)) as naive_error,
  sum(abs(p.moving - p.actual)) as moving_error,
  cast(sum(case when p.actual >= p.q10 and p.actual <= p.q90 then 1 else 0 end) as bigint) as inside,
  sum(case when p.mean > p.actual then (p.mean - p.actual) * p.cost else (p.actual - p.mean) * p.margin end) as loss,
  sum(case when p.naive > p.actual then (p.naive - p.actual) * p.cost else (p.actual - p.naive) * p.margin end) as naive_loss,
  sum(case when p.moving > p.actual then (p.moving - p.actual) * p.cost else (p.actual - p.moving) * p.margin end) as moving_loss
from priced p
group by 1, 2
order by 1, 2
