-- Made by `npm run describe` from layers/core/lake: change that, not this. Put your bucket in place of BUCKET.

create external table if not exists `order_changed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `order_id` string,
  `changed_at` timestamp,
  `is_cancelled` boolean,
  `lines` string,
  `currency` string,
  `reason` string,
  `channel` string,
  `payment_method` string,
  `customer` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/order_changed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/order_changed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `sale_recorded` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `order_id` string,
  `line` bigint,
  `lines` bigint,
  `product_id` string,
  `quantity` bigint,
  `unit_price_minor` bigint,
  `discount_minor` bigint,
  `tax_minor` bigint,
  `currency` string,
  `channel` string,
  `payment_method` string,
  `customer` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/sale_recorded/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/sale_recorded/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `sale_cancelled` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `order_id` string,
  `product_id` string,
  `quantity` bigint,
  `unit_price_minor` bigint,
  `currency` string,
  `reason` string,
  `customer` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/sale_cancelled/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/sale_cancelled/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `sale_refunded` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `refund_id` string,
  `order_id` string,
  `product_id` string,
  `quantity` bigint,
  `amount_minor` bigint,
  `currency` string,
  `reason` string,
  `note` string,
  `customer` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/sale_refunded/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/sale_refunded/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `charge_recorded` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `order_id` string,
  `code` string,
  `amount_minor` bigint,
  `currency` string,
  `reversal` boolean,
  `note` string,
  `customer` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/charge_recorded/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/charge_recorded/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `stock_received` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `product_id` string,
  `quantity` bigint,
  `unit_cost_minor` bigint,
  `currency` string,
  `supplier_id` string,
  `purchase_order_id` string,
  `reason` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/stock_received/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/stock_received/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `stock_adjusted` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `product_id` string,
  `quantity` bigint,
  `reason` string,
  `document_id` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/stock_adjusted/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/stock_adjusted/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `stock_counted` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `product_id` string,
  `level` bigint,
  `reason` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/stock_counted/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/stock_counted/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `stock_item_counted` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `alias` string,
  `level` bigint,
  `reason` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/stock_item_counted/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/stock_item_counted/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `product_viewed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `product_id` string,
  `session_id` string,
  `customer` string,
  `channel` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/product_viewed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/product_viewed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `product_clicked` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `product_id` string,
  `session_id` string,
  `customer` string,
  `channel` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/product_clicked/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/product_clicked/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `cart_changed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `cart_id` string,
  `product_id` string,
  `quantity` bigint,
  `customer` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/cart_changed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/cart_changed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `checkout_completed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `cart_id` string,
  `order_id` string,
  `customer` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/checkout_completed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/checkout_completed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `campaign_shown` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `campaign_id` string,
  `variant` string,
  `product_id` string,
  `session_id` string,
  `customer` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/campaign_shown/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/campaign_shown/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `campaign_clicked` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `campaign_id` string,
  `variant` string,
  `product_id` string,
  `session_id` string,
  `customer` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/campaign_clicked/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/campaign_clicked/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `campaign_spent` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `campaign_id` string,
  `variant` string,
  `amount_minor` bigint,
  `currency` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/campaign_spent/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/campaign_spent/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `product_listed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `product_id` string,
  `is_partial` boolean,
  `title` string,
  `category` string,
  `sub_category` string,
  `brand` string,
  `aliases` string,
  `supplier_id` string,
  `base_price_minor` bigint,
  `unit_cost_minor` bigint,
  `currency` string,
  `shelf_life_days` bigint,
  `pack_size` bigint,
  `min_order` bigint
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/product_listed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/product_listed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `store_listed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `name` string,
  `city` string,
  `region` string,
  `size_sqft` double,
  `time_zone` string,
  `currency` string,
  `opening_hours` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/store_listed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/store_listed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `price_changed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `product_id` string,
  `price_minor` bigint,
  `currency` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/price_changed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/price_changed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `competitor_price_observed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `product_id` string,
  `competitor` string,
  `price_minor` bigint,
  `currency` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/competitor_price_observed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/competitor_price_observed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `purchase_order_placed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `purchase_order_id` string,
  `supplier_id` string,
  `product_id` string,
  `quantity` bigint,
  `unit_cost_minor` bigint,
  `currency` string,
  `expected_on` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/purchase_order_placed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/purchase_order_placed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `purchase_order_received` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `purchase_order_id` string,
  `supplier_id` string,
  `product_id` string,
  `quantity` bigint
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/purchase_order_received/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/purchase_order_received/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `rate_recorded` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `currency` string,
  `per` string,
  `date` string,
  `rate` string,
  `data_source` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/rate_recorded/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/rate_recorded/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `setting_changed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `name` string,
  `value` string,
  `category` string,
  `product_id` string,
  `changed_by` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/setting_changed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/setting_changed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `alert_acknowledged` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `alert_id` string,
  `product_id` string,
  `acknowledged_by` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/alert_acknowledged/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/alert_acknowledged/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `time_passed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/time_passed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/time_passed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `document_replayed` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `data_sequence` string,
  `document` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/document_replayed/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/document_replayed/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `document_discarded` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `data_sequence` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/document_discarded/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/document_discarded/year=${year}/month=${month}/day=${day}/'
);

create external table if not exists `booked_line` (
  `merchant_id` string,
  `store_id` string,
  `event_id` string,
  `source` string,
  `occurred_at` timestamp,
  `received_at` timestamp,
  `business_date` date,
  `shard` bigint,
  `sequence` string,
  `kind` string,
  `order_id` string,
  `product_id` string,
  `quantity` bigint,
  `amount_minor` bigint,
  `discount_minor` bigint,
  `tax_minor` bigint,
  `currency` string,
  `reason` string,
  `note` string,
  `customer` string,
  `channel` string,
  `payment_method` string,
  `is_estimated` boolean,
  `reversal` boolean,
  `counts` string
)
partitioned by (`year` int, `month` int, `day` int)
stored as parquet
location 's3://BUCKET/raw/booked_line/'
tblproperties (
  'projection.enabled' = 'true',
  'projection.year.type' = 'integer',
  'projection.year.range' = '2000,2100',
  'projection.year.digits' = '4',
  'projection.month.type' = 'integer',
  'projection.month.range' = '1,12',
  'projection.month.digits' = '2',
  'projection.day.type' = 'integer',
  'projection.day.range' = '1,31',
  'projection.day.digits' = '2',
  'storage.location.template' = 's3://BUCKET/raw/booked_line/year=${year}/month=${month}/day=${day}/'
);
