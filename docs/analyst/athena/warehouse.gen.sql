-- Made by `npm run describe` from layers/core/lake: change that, not this. Put your bucket in place of BUCKET.

create external table if not exists `fact_sales_files` (
  `line_id` string,
  `event_id` string,
  `kind` string,
  `order_id` string,
  `day` date,
  `store_day` date,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `store_id` string,
  `product_id` string,
  `customer` string,
  `channel` string,
  `payment_method` string,
  `currency` string,
  `units` bigint,
  `cancelled_units` bigint,
  `gross_minor` bigint,
  `discount_minor` bigint,
  `tax_minor` bigint,
  `cancelled_minor` bigint,
  `charge_minor` bigint,
  `net_minor` bigint,
  `is_estimated` boolean
)
stored as parquet
location 's3://BUCKET/warehouse/fact_sales/';

create external table if not exists `fact_refunds_files` (
  `line_id` string,
  `event_id` string,
  `order_id` string,
  `day` date,
  `store_day` date,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `store_id` string,
  `product_id` string,
  `customer` string,
  `reason` string,
  `is_restocked` boolean,
  `currency` string,
  `units` bigint,
  `refunded_minor` bigint
)
stored as parquet
location 's3://BUCKET/warehouse/fact_refunds/';

create external table if not exists `fact_inventory_files` (
  `day` date,
  `store_id` string,
  `product_id` string,
  `opening` bigint,
  `received` bigint,
  `sold` bigint,
  `returned` bigint,
  `adjusted` bigint,
  `counted_difference` bigint,
  `on_hand` bigint,
  `is_counted` boolean,
  `is_tracked` boolean,
  `stock_out_minutes` bigint,
  `reorder_point` bigint,
  `safety_stock` double
)
stored as parquet
location 's3://BUCKET/warehouse/fact_inventory/';

create external table if not exists `dim_product_files` (
  `product_id` string,
  `version` bigint,
  `valid_from` timestamp,
  `valid_to` timestamp,
  `is_current` boolean,
  `is_listed` boolean,
  `title` string,
  `category` string,
  `sub_category` string,
  `brand` string,
  `supplier_id` string,
  `base_price_minor` bigint,
  `unit_cost_minor` bigint,
  `currency` string,
  `shelf_life_days` bigint,
  `pack_size` bigint,
  `min_order` bigint
)
stored as parquet
location 's3://BUCKET/warehouse/dim_product/';

create external table if not exists `dim_store_files` (
  `store_id` string,
  `is_listed` boolean,
  `name` string,
  `city` string,
  `region` string,
  `size_sqft` double,
  `time_zone` string,
  `currency` string,
  `opening_hours` string
)
stored as parquet
location 's3://BUCKET/warehouse/dim_store/';

create external table if not exists `dim_customer_files` (
  `customer` string,
  `first_seen` date,
  `last_seen` date,
  `orders` bigint,
  `stores` bigint
)
stored as parquet
location 's3://BUCKET/warehouse/dim_customer/';

create external table if not exists `dim_supplier_files` (
  `supplier_id` string,
  `products` bigint,
  `orders` bigint,
  `ordered_units` bigint,
  `received_units` bigint,
  `first_ordered` date,
  `last_ordered` date,
  `last_received` date
)
stored as parquet
location 's3://BUCKET/warehouse/dim_supplier/';

create external table if not exists `dim_date_files` (
  `day` date,
  `year` bigint,
  `quarter` bigint,
  `month` bigint,
  `day_of_month` bigint,
  `day_of_week` bigint,
  `iso_year` bigint,
  `iso_week` bigint,
  `is_weekend` boolean,
  `country` string,
  `is_holiday` boolean,
  `holiday` string
)
stored as parquet
location 's3://BUCKET/warehouse/dim_date/';

create external table if not exists `fact_predictions_files` (
  `made_on` date,
  `store_id` string,
  `product_id` string,
  `day` date,
  `horizon` bigint,
  `median` double,
  `mean` double,
  `q10` double,
  `q20` double,
  `q30` double,
  `q40` double,
  `q50` double,
  `q60` double,
  `q70` double,
  `q80` double,
  `q90` double,
  `segment` string,
  `served_by` string,
  `model_version` string
)
stored as parquet
location 's3://BUCKET/warehouse/fact_predictions/';

create external table if not exists `fact_reorders_files` (
  `day` date,
  `store_id` string,
  `product_id` string,
  `supplier_id` string,
  `product_class` string,
  `service_level` double,
  `lead_days` double,
  `demand_over_lead` double,
  `demand_over_protection` double,
  `reorder_point` bigint,
  `safety_stock` double,
  `order_up_to` bigint,
  `on_hand` bigint,
  `inbound` bigint,
  `quantity` bigint,
  `reason` string,
  `currency` string,
  `cost_minor` bigint
)
stored as parquet
location 's3://BUCKET/warehouse/fact_reorders/';

create external table if not exists `published` (
  `merchantid` string,
  `number` bigint,
  `tables` map<string,map<string,struct<version:string>>>
)
row format serde 'org.openx.data.jsonserde.JsonSerDe'
location 's3://BUCKET/warehouse/published/';

create or replace view fact_sales as
with named as (
  select p.merchantid as merchant_id, d.day as part_day, d.part.version as version
  from published p
  cross join unnest(element_at(p.tables, 'fact_sales')) as d(day, part)
)
select
  n.merchant_id,
  f.line_id,
  f.event_id,
  f.kind,
  f.order_id,
  f.day,
  f.store_day,
  f.occurred_at,
  f.received_at,
  f.store_id,
  f.product_id,
  f.customer,
  f.channel,
  f.payment_method,
  f.currency,
  f.units,
  f.cancelled_units,
  f.gross_minor,
  f.discount_minor,
  f.tax_minor,
  f.cancelled_minor,
  f.charge_minor,
  f.net_minor,
  f.is_estimated
from fact_sales_files f
join named n
  on regexp_extract(f."$path", '/merchant=([^/]+)/', 1) = n.merchant_id
  and coalesce(regexp_extract(f."$path", '/day=([^/]+)/', 1), '') = n.part_day
  and regexp_extract(f."$path", '/version=([^/]+)/', 1) = n.version;

create or replace view fact_refunds as
with named as (
  select p.merchantid as merchant_id, d.day as part_day, d.part.version as version
  from published p
  cross join unnest(element_at(p.tables, 'fact_refunds')) as d(day, part)
)
select
  n.merchant_id,
  f.line_id,
  f.event_id,
  f.order_id,
  f.day,
  f.store_day,
  f.occurred_at,
  f.received_at,
  f.store_id,
  f.product_id,
  f.customer,
  f.reason,
  f.is_restocked,
  f.currency,
  f.units,
  f.refunded_minor
from fact_refunds_files f
join named n
  on regexp_extract(f."$path", '/merchant=([^/]+)/', 1) = n.merchant_id
  and coalesce(regexp_extract(f."$path", '/day=([^/]+)/', 1), '') = n.part_day
  and regexp_extract(f."$path", '/version=([^/]+)/', 1) = n.version;

create or replace view fact_inventory as
with named as (
  select p.merchantid as merchant_id, d.day as part_day, d.part.version as version
  from published p
  cross join unnest(element_at(p.tables, 'fact_inventory')) as d(day, part)
)
select
  n.merchant_id,
  f.day,
  f.store_id,
  f.product_id,
  f.opening,
  f.received,
  f.sold,
  f.returned,
  f.adjusted,
  f.counted_difference,
  f.on_hand,
  f.is_counted,
  f.is_tracked,
  f.stock_out_minutes,
  f.reorder_point,
  f.safety_stock
from fact_inventory_files f
join named n
  on regexp_extract(f."$path", '/merchant=([^/]+)/', 1) = n.merchant_id
  and coalesce(regexp_extract(f."$path", '/day=([^/]+)/', 1), '') = n.part_day
  and regexp_extract(f."$path", '/version=([^/]+)/', 1) = n.version;

create or replace view dim_product as
with named as (
  select p.merchantid as merchant_id, d.day as part_day, d.part.version as version
  from published p
  cross join unnest(element_at(p.tables, 'dim_product')) as d(day, part)
)
select
  n.merchant_id,
  f.product_id,
  f.version,
  f.valid_from,
  f.valid_to,
  f.is_current,
  f.is_listed,
  f.title,
  f.category,
  f.sub_category,
  f.brand,
  f.supplier_id,
  f.base_price_minor,
  f.unit_cost_minor,
  f.currency,
  f.shelf_life_days,
  f.pack_size,
  f.min_order
from dim_product_files f
join named n
  on regexp_extract(f."$path", '/merchant=([^/]+)/', 1) = n.merchant_id
  and coalesce(regexp_extract(f."$path", '/day=([^/]+)/', 1), '') = n.part_day
  and regexp_extract(f."$path", '/version=([^/]+)/', 1) = n.version;

create or replace view dim_store as
with named as (
  select p.merchantid as merchant_id, d.day as part_day, d.part.version as version
  from published p
  cross join unnest(element_at(p.tables, 'dim_store')) as d(day, part)
)
select
  n.merchant_id,
  f.store_id,
  f.is_listed,
  f.name,
  f.city,
  f.region,
  f.size_sqft,
  f.time_zone,
  f.currency,
  f.opening_hours
from dim_store_files f
join named n
  on regexp_extract(f."$path", '/merchant=([^/]+)/', 1) = n.merchant_id
  and coalesce(regexp_extract(f."$path", '/day=([^/]+)/', 1), '') = n.part_day
  and regexp_extract(f."$path", '/version=([^/]+)/', 1) = n.version;

create or replace view dim_customer as
with named as (
  select p.merchantid as merchant_id, d.day as part_day, d.part.version as version
  from published p
  cross join unnest(element_at(p.tables, 'dim_customer')) as d(day, part)
)
select
  n.merchant_id,
  f.customer,
  f.first_seen,
  f.last_seen,
  f.orders,
  f.stores
from dim_customer_files f
join named n
  on regexp_extract(f."$path", '/merchant=([^/]+)/', 1) = n.merchant_id
  and coalesce(regexp_extract(f."$path", '/day=([^/]+)/', 1), '') = n.part_day
  and regexp_extract(f."$path", '/version=([^/]+)/', 1) = n.version;

create or replace view dim_supplier as
with named as (
  select p.merchantid as merchant_id, d.day as part_day, d.part.version as version
  from published p
  cross join unnest(element_at(p.tables, 'dim_supplier')) as d(day, part)
)
select
  n.merchant_id,
  f.supplier_id,
  f.products,
  f.orders,
  f.ordered_units,
  f.received_units,
  f.first_ordered,
  f.last_ordered,
  f.last_received
from dim_supplier_files f
join named n
  on regexp_extract(f."$path", '/merchant=([^/]+)/', 1) = n.merchant_id
  and coalesce(regexp_extract(f."$path", '/day=([^/]+)/', 1), '') = n.part_day
  and regexp_extract(f."$path", '/version=([^/]+)/', 1) = n.version;

create or replace view dim_date as
with named as (
  select p.merchantid as merchant_id, d.day as part_day, d.part.version as version
  from published p
  cross join unnest(element_at(p.tables, 'dim_date')) as d(day, part)
)
select
  n.merchant_id,
  f.day,
  f.year,
  f.quarter,
  f.month,
  f.day_of_month,
  f.day_of_week,
  f.iso_year,
  f.iso_week,
  f.is_weekend,
  f.country,
  f.is_holiday,
  f.holiday
from dim_date_files f
join named n
  on regexp_extract(f."$path", '/merchant=([^/]+)/', 1) = n.merchant_id
  and coalesce(regexp_extract(f."$path", '/day=([^/]+)/', 1), '') = n.part_day
  and regexp_extract(f."$path", '/version=([^/]+)/', 1) = n.version;

create or replace view fact_predictions as
with named as (
  select p.merchantid as merchant_id, d.day as part_day, d.part.version as version
  from published p
  cross join unnest(element_at(p.tables, 'fact_predictions')) as d(day, part)
)
select
  n.merchant_id,
  f.made_on,
  f.store_id,
  f.product_id,
  f.day,
  f.horizon,
  f.median,
  f.mean,
  f.q10,
  f.q20,
  f.q30,
  f.q40,
  f.q50,
  f.q60,
  f.q70,
  f.q80,
  f.q90,
  f.segment,
  f.served_by,
  f.model_version
from fact_predictions_files f
join named n
  on regexp_extract(f."$path", '/merchant=([^/]+)/', 1) = n.merchant_id
  and coalesce(regexp_extract(f."$path", '/day=([^/]+)/', 1), '') = n.part_day
  and regexp_extract(f."$path", '/version=([^/]+)/', 1) = n.version;

create or replace view fact_reorders as
with named as (
  select p.merchantid as merchant_id, d.day as part_day, d.part.version as version
  from published p
  cross join unnest(element_at(p.tables, 'fact_reorders')) as d(day, part)
)
select
  n.merchant_id,
  f.day,
  f.store_id,
  f.product_id,
  f.supplier_id,
  f.product_class,
  f.service_level,
  f.lead_days,
  f.demand_over_lead,
  f.demand_over_protection,
  f.reorder_point,
  f.safety_stock,
  f.order_up_to,
  f.on_hand,
  f.inbound,
  f.quantity,
  f.reason,
  f.currency,
  f.cost_minor
from fact_reorders_files f
join named n
  on regexp_extract(f."$path", '/merchant=([^/]+)/', 1) = n.merchant_id
  and coalesce(regexp_extract(f."$path", '/day=([^/]+)/', 1), '') = n.part_day
  and regexp_extract(f."$path", '/version=([^/]+)/', 1) = n.version;
