/** The warehouse as a semantic model of Power BI, in TMDL: one text a table, with measures, hierarchies and relationships. */
import { CURRENCIES } from '#core/events/money.ts'
import type { ColumnType } from '#core/lake/raw-columns.ts'
import type { WarehouseColumn, WarehouseTable } from '#core/lake/warehouse-table.ts'
import { WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'
import { HIERARCHIES, MEASURES } from './analyst-terms.ts'

const ROOT = 'docs/analyst/power-bi/Counterflow.SemanticModel'
const CURRENCY = 'currency'

type TmdlType = { readonly type: string; readonly m: string; readonly format?: string }
const TYPES: Readonly<Record<ColumnType, TmdlType>> = {
  text: { type: 'string', m: 'type text' },
  json: { type: 'string', m: 'type text' },
  bigint: { type: 'int64', m: 'Int64.Type', format: '0' },
  double: { type: 'double', m: 'type number' },
  boolean: { type: 'boolean', m: 'type logical' },
  timestamp: { type: 'dateTime', m: 'type datetime', format: 'General Date' },
  date: { type: 'dateTime', m: 'type date', format: 'Short Date' },
}

/** Each file with its text. */
export function semanticModel(): { readonly file: string; readonly text: string }[] {
  const definition = `${ROOT}/definition`
  const tables = WAREHOUSE_TABLES.map((table) => ({ name: table.name, text: tableText(table) }))
  tables.push({ name: CURRENCY, text: currencyText() })
  return [
    { file: `${ROOT}/definition.pbism`, text: `${JSON.stringify({ version: '4.0', settings: {} }, null, 2)}\n` },
    { file: `${definition}/database.tmdl`, text: 'database Counterflow\n\tcompatibilityLevel: 1567\n' },
    { file: `${definition}/model.tmdl`, text: modelText(tables.map(({ name }) => name)) },
    { file: `${definition}/expressions.tmdl`, text: EXPRESSIONS },
    { file: `${definition}/relationships.tmdl`, text: relationshipsText() },
    ...tables.map(({ name, text }) => ({ file: `${definition}/tables/${name}.tmdl`, text })),
  ]
}

const modelText = (tables: readonly string[]): string =>
  [
    'model Model',
    '\tculture: en-US',
    '\tdefaultPowerBIDataSourceVersion: powerBI_V3',
    '\tsourceQueryCulture: en-US',
    '',
    ...tables.map((name) => `ref table ${name}`),
    '',
  ].join('\n')

const parameter = (about: string, name: string, value: string): string =>
  `/// ${about}\nexpression ${name} = "${value}" meta [IsParameterQuery=true, Type="Text", IsParameterQueryRequired=true]\n`
const EXPRESSIONS = [
  parameter('Where the engine answers.', 'Engine', 'http://127.0.0.1:4310'),
  parameter('A token with the right figures:read alone: whoever has the file can read it.', 'Token', ''),
].join('\n')

type Relationship = { readonly from: string; readonly column: string; readonly to: string; readonly key: string }

/** Of what refers to what, and of amounts to their currency. */
export const relationships = (): Relationship[] =>
  WAREHOUSE_TABLES.flatMap(({ name, columns, refers }) => [
    ...refers.map(({ column, table, to }) => ({ from: name, column, to: table, key: to })),
    ...(name.startsWith('fact_') && columns.some((column) => column.name === 'currency')
      ? [{ from: name, column: 'currency', to: CURRENCY, key: 'code' }]
      : []),
  ])

const relationshipsText = (): string =>
  relationships()
    .map(({ from, column, to, key }) =>
      [`relationship ${from}_${column}`, `\tfromColumn: ${from}.${column}`, `\ttoColumn: ${to}.${key}`, ''].join('\n'),
    )
    .join('\n')

function tableText(table: WarehouseTable): string {
  const { name, meaning, columns } = table
  const isDates = name === 'dim_date'
  return [
    `/// ${meaning}`,
    `table ${name}`,
    ...(isDates ? ['\tdataCategory: Time'] : []),
    '',
    ...MEASURES.filter((one) => one.table === name).flatMap((one) => [
      `\t/// ${one.meaning}`,
      `\tmeasure '${one.name}' = ${one.expression}`,
      `\t\tformatString: ${one.format}`,
      '',
    ]),
    ...columns.flatMap((column) => columnText(table, column)),
    ...HIERARCHIES.filter((one) => one.table === name).flatMap((one) => [
      `\thierarchy ${one.name}`,
      '',
      ...one.levels.flatMap((level) => [`\t\tlevel ${level}`, `\t\t\tcolumn: ${level}`, '']),
    ]),
    ...partition(name, sourceOf(table)),
  ].join('\n')
}

function columnText({ name: table, refers, key }: WarehouseTable, { name, type, meaning }: WarehouseColumn): string[] {
  const { type: dataType, format } = TYPES[type]
  const isFact = table.startsWith('fact_')
  const isReference = refers.some(({ column }) => column === name)
  const isSum = isFact && type === 'bigint' && !SEMI_ADDITIVE.has(name)
  const isKey = table === 'dim_date' && key.includes(name)
  return [
    `\t/// ${meaning}`,
    `\tcolumn ${name}`,
    `\t\tdataType: ${dataType}`,
    ...(isKey ? ['\t\tisKey'] : []),
    ...(isFact && isReference ? ['\t\tisHidden'] : []),
    ...(format === undefined ? [] : [`\t\tformatString: ${format}`]),
    `\t\tsummarizeBy: ${isSum ? 'sum' : 'none'}`,
    `\t\tsourceColumn: ${name}`,
    '',
  ]
}
/** What is there at a time is not added up over days. */
const SEMI_ADDITIVE: ReadonlySet<string> = new Set(['opening', 'on_hand', 'inbound', 'reorder_point', 'order_up_to'])

/** Of products what holds now: a fact names a product, and no version of it. */
const NOW_ALONE: ReadonlySet<string> = new Set(['dim_product'])

function sourceOf({ name, columns }: WarehouseTable): string[] {
  const types = columns.map((column) => `{"${column.name}", ${TYPES[column.type].m}}`)
  const rows = NOW_ALONE.has(name) ? 'Table.SelectRows(File, each [is_current])' : 'File'
  return [
    'let',
    `\tFile = Parquet.Document(Web.Contents(Engine, [RelativePath = "export/${name}.parquet", Headers = [#"authorization" = "Bearer " & Token]])),`,
    `\tRows = ${rows},`,
    `\tTyped = Table.TransformColumnTypes(Rows, {${types.join(', ')}})`,
    'in',
    '\tTyped',
  ]
}

const partition = (name: string, source: readonly string[]): string[] => [
  `\tpartition ${name} = m`,
  '\t\tmode: import',
  '\t\tsource =',
  ...source.map((line) => `\t\t\t\t${line}`),
  '',
]

/** How many minor units a unit of each currency has: amounts are whole numbers of these. */
function currencyText(): string {
  const rows = [...CURRENCIES].map(([code, exponent]) => `{"${code}", ${10 ** exponent}}`)
  const columns = [
    { name: 'code', type: 'text', meaning: 'ISO 4217' },
    { name: 'minor_units', type: 'bigint', meaning: 'minor units in one of it' },
  ] as const
  const itself = { name: CURRENCY, refers: [], key: ['code'] } as unknown as WarehouseTable
  return [
    '/// Currencies, with how many minor units one of each has.',
    `table ${CURRENCY}`,
    '',
    ...columns.flatMap((column) => columnText(itself, column)),
    ...partition(CURRENCY, [`#table(type table [code = text, minor_units = Int64.Type], {${rows.join(', ')}})`]),
  ].join('\n')
}
