-- A row a day of the calendar, from the first that the merchant has to some time after the run; holidays are those of its country.
with digits as (
  select t.n
  from unnest(array[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) as t(n)
), numbers as (
  -- 0 to 19,999: 54 years.
  select cast(a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n as bigint) as n
  from digits a
  cross join digits b
  cross join digits c
  cross join digits d
  cross join digits e
  where e.n < 2
), days as (
  select cast(r.first_date + n.n * interval '1' day as date) as day, r.country
  from numbers n
  cross join run r
  where n.n <= date_diff('day', r.first_date, r.last_date)
), named as (
  -- ISO 8601: Monday is 1.
  select
    d.day,
    d.country,
    cast(mod(mod(extract(dow from d.day), 7) + 6, 7) + 1 as bigint) as day_of_week
  from days d
)
select
  n.day,
  cast(year(n.day) as bigint) as year,
  cast(quarter(n.day) as bigint) as quarter,
  cast(month(n.day) as bigint) as month,
  cast(day(n.day) as bigint) as day_of_month,
  n.day_of_week,
  cast(year(cast(n.day + (4 - n.day_of_week) * interval '1' day as date)) as bigint) as iso_year,
  cast(week(n.day) as bigint) as iso_week,
  n.day_of_week >= 6 as is_weekend,
  n.country,
  h.name is not null as is_holiday,
  h.name as holiday
from named n
left join holidays h on h.country = n.country and h.day = n.day
