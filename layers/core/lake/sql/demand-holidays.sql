-- Public holidays of the days to forecast from, and of those to come. Days count from first_day.
select cast(date_diff('day', r.first_day, d.day) as bigint) as day
from dim_date d
cross join run r
where d.is_holiday
  and d.day >= r.first_day
  and d.day <= r.last_day
