/** Statements by which Athena reads the lake and the warehouse where they lie, made from their definitions. */
import { RAW } from '#core/lake/raw-names.ts'
import { RAW_TABLES } from '#core/lake/raw-tables.ts'
import { WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'
import type { TableColumn } from '#core/ports.ts'

const HEAD =
  '-- Made by `npm run describe` from layers/core/lake: change that, not this. Put your bucket in place of BUCKET.\n\n'

/** Types of Hive, in which Athena declares what lies in files. */
const HIVE: Readonly<Record<TableColumn['type'], string>> = {
  text: 'string',
  json: 'string',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp',
  date: 'date',
}

const columnsOf = (columns: readonly TableColumn[]): string =>
  columns.map(({ name, type }) => `  \`${name}\` ${HIVE[type]}`).join(',\n')

const external = (name: string, columns: readonly TableColumn[], folder: string): string =>
  `create external table if not exists \`${name}\` (\n${columnsOf(columns)}\n)\nstored as parquet\nlocation 's3://BUCKET/${folder}'`

/** Raw tables: their days are found by their names, no partition is ever added by hand. */
export const lakeStatements = (): string[] =>
  [...RAW_TABLES.values()].map(({ table, columns }) => {
    const folder = `${RAW}${table}/`
    const number = (part: string, range: string, digits: number) => [
      `  'projection.${part}.type' = 'integer'`,
      `  'projection.${part}.range' = '${range}'`,
      `  'projection.${part}.digits' = '${digits}'`,
    ]
    const properties = [
      "  'projection.enabled' = 'true'",
      ...number('year', '2000,2100', 4),
      ...number('month', '1,12', 2),
      ...number('day', '1,31', 2),
      `  'storage.location.template' = 's3://BUCKET/${folder}year=\${year}/month=\${month}/day=\${day}/'`,
    ]
    return [
      `create external table if not exists \`${table}\` (`,
      columnsOf(columns),
      ')',
      'partitioned by (`year` int, `month` int, `day` int)',
      'stored as parquet',
      `location 's3://BUCKET/${folder}'`,
      `tblproperties (\n${properties.join(',\n')}\n)`,
    ].join('\n')
  })

/** Files of all versions of the tables, and which of them count: `views` joins the two. */
export const warehouseStatements = (): string[] => [
  ...WAREHOUSE_TABLES.map(({ name, columns }) => external(`${name}_files`, columns, `warehouse/${name}/`)),
  [
    'create external table if not exists `published` (',
    '  `merchantid` string,',
    '  `number` bigint,',
    '  `tables` map<string,map<string,struct<version:string>>>',
    ')',
    "row format serde 'org.openx.data.jsonserde.JsonSerDe'",
    "location 's3://BUCKET/warehouse/published/'",
  ].join('\n'),
]

/** A view a table: rows of the parts that the merchant's published version names, and no others. */
export const warehouseViews = (): string[] =>
  WAREHOUSE_TABLES.map(({ name, columns }) =>
    [
      `create or replace view ${name} as`,
      'with named as (',
      '  select p.merchantid as merchant_id, d.day as part_day, d.part.version as version',
      '  from published p',
      `  cross join unnest(element_at(p.tables, '${name}')) as d(day, part)`,
      ')',
      'select',
      ['  n.merchant_id', ...columns.map((column) => `  f.${column.name}`)].join(',\n'),
      `from ${name}_files f`,
      'join named n',
      `  on regexp_extract(f."$path", '/merchant=([^/]+)/', 1) = n.merchant_id`,
      `  and coalesce(regexp_extract(f."$path", '/day=([^/]+)/', 1), '') = n.part_day`,
      `  and regexp_extract(f."$path", '/version=([^/]+)/', 1) = n.version`,
    ].join('\n'),
  )

const text = (statements: readonly string[]): string => `${HEAD}${statements.map((one) => `${one};\n`).join('\n')}`

/** Each file with its text. */
export const athenaText = (): { readonly file: string; readonly text: string }[] => [
  { file: 'docs/analyst/athena/lake.gen.sql', text: text(lakeStatements()) },
  { file: 'docs/analyst/athena/warehouse.gen.sql', text: text([...warehouseStatements(), ...warehouseViews()]) },
]
