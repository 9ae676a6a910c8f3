/** The warehouse's part of `docs/data-model.md`, made from its definitions. */
import { wordsOf } from '#core/lake/table-checks.ts'
import { isSelected, type TableInput, type WarehouseTable } from '#core/lake/warehouse-table.ts'
import { WAREHOUSE_TABLES } from '#core/lake/warehouse-tables.ts'
import { withSection } from './made-section.ts'

export const withWarehouse = (page: string): string =>
  withSection(page, 'layers/core/lake/warehouse-tables.ts', section())

const section = (): string => [diagram(), ...WAREHOUSE_TABLES.map(tableText)].join('\n\n')

/** Columns that make the key or lead to another table; the rest are in the lists. */
function diagram(): string {
  const lines = WAREHOUSE_TABLES.flatMap((table) => {
    const shown = table.columns.filter(
      ({ name }) => table.key.includes(name) || table.refers.some(({ column }) => column === name),
    )
    const mark = (name: string) => [
      ...(table.key.includes(name) ? ['PK'] : []),
      ...(table.refers.some(({ column }) => column === name) ? ['FK'] : []),
    ]
    return [
      `  ${table.name} {`,
      ...shown.map(({ name, type }) => `    ${type} ${name} ${mark(name).join(', ')}`),
      '  }',
      ...table.refers.map(({ column, table: other }) => `  ${other} ||--o{ ${table.name} : ${column}`),
    ]
  })
  return ['```mermaid', 'erDiagram', ...lines, '```'].join('\n')
}

function tableText(table: WarehouseTable): string {
  const { name, meaning, key, columns, checks } = table
  return [
    `### ${name}`,
    '',
    `${meaning} A row: ${key.join(', ')}. ${madeText(table)}`,
    '',
    '| column | type | what |',
    '| --- | --- | --- |',
    ...columns.map((column) => `| ${column.name} | ${column.type} | ${column.meaning} |`),
    '',
    'Checked each time:',
    '',
    ...checks.map((check) => `- ${check.severity}: ${wordsOf(check)}`),
  ].join('\n')
}

function madeText(table: WarehouseTable): string {
  if (!isSelected(table)) {
    const { partOf, computedBy, from } = table
    return `A part a ${partOf}, which nothing late changes. No SELECT makes it: [${computedBy}](../${computedBy}) computes the rows of ${from.join(', ')}, after the night; they are written as one Parquet file, checked and published as the others are.`
  }
  const { parts, lateChanges, sql, inputs } = table
  const late = lateChanges === undefined ? '' : `; something late changes ${lateChanges}`
  const file = `[${sql}.sql](../layers/core/lake/sql/${sql}.sql)`
  return `${parts === 'day' ? `A part a business day${late}` : 'One part, made anew each night'}. Made by ${file} of ${inputs.map(inputText).join(', ')}.`
}

function inputText(input: TableInput): string {
  if ('given' in input) return `${input.given} (public ones, with the program)`
  if ('raw' in input) return input.days === 'all' ? `raw ${input.raw}, all of it` : `raw ${input.raw}`
  return input.days === 'before' ? `${input.table} of the day before` : input.table
}
